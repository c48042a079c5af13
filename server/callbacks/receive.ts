import type { Deps } from '../deps';
import { AppError } from '../errors';
import { hashSecret } from '../ids';
import { decryptMessage, isSameSignature, signCallback } from './crypto';
import { isForUs, isQuestionForUs, readEnvelope, type Channel, type Envelope, type Recipient } from './envelope';
import { readFlatXml } from './parse-xml';

/** The signature's parts from the query, and what was signed. */
export type Signed = {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypted: string;
};

/** A callback that was verified: for us, from WeCom, and now. */
export type Received = Envelope & { readonly channel: Channel; readonly eventKey: string; readonly xml: string };

/** Older or newer than this is a replay or a broken clock; WeCom's own retries come within seconds. */
const WINDOW_MS = 300_000;

/**
 * Verifies and opens a POSTed callback, without storing it. Throws `callback.*` for whatever is not WeCom speaking to us.
 * The event key is the decrypted text: a retry is sealed and signed anew (callbacks.md, section 4).
 */
export function openCallback(deps: Deps, channel: Channel, signed: Signed): Received {
  const { message, receiveId } = open(deps, channel, signed);
  const envelope = readEnvelope(readFlatXml(message));
  if (!isForUs(recipient(deps), channel, receiveId, envelope)) throw new AppError('callback.receiver');
  return { ...envelope, channel, xml: message, eventKey: hashSecret(`${channel}\n${message}`) };
}

/** Answers the console's question on saving an address: exactly the decrypted text. */
export function answerQuestion(deps: Deps, channel: Channel, signed: Signed): string {
  const { message, receiveId } = open(deps, channel, signed);
  if (!isQuestionForUs(recipient(deps), receiveId)) throw new AppError('callback.receiver');
  return message;
}

function open({ clock, config }: Deps, channel: Channel, signed: Signed) {
  const { aesKey, token } = config.callbacks[channel];
  const expected = signCallback(token, signed.timestamp, signed.nonce, signed.encrypted);
  if (!isSameSignature(expected, signed.signature)) throw new AppError('callback.signature');
  const ageMs = clock.now() - Number(signed.timestamp) * 1000;
  if (!(Math.abs(ageMs) <= WINDOW_MS)) throw new AppError('callback.replay', { logDetail: `sent ${ageMs} ms ago` });
  return decryptMessage(aesKey, signed.encrypted);
}

function recipient({ config }: Deps): Recipient {
  return { suiteIds: [config.suite.id, config.loginSuite.id], providerCorpId: config.provider.corpId };
}
