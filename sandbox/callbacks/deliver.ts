import { startStopwatch, toSeconds } from '../clock';
import type { CallbackAttempt, CallbackRecord } from '../state/types';
import { newId } from '../world';
import { encrypt, keyOf, sign } from './cipher';
import type { CallbackMail } from './mail';
import { writeXml } from './xml';

/** WeCom drops the connection after this long (callbacks.md section 4). */
export const ANSWER_WITHIN_MS = 5000;

/** How much of an answer the log keeps. */
const KEPT_ANSWER_CHARS = 200;

class NoAnswer extends Error {
  constructor() {
    super('no answer within 5 s');
  }
}

/** The signed and encrypted request of one attempt. Each attempt is encrypted anew, so nobody keys on the ciphertext. */
export function envelopeOf(mail: CallbackMail, xml: string, nowMs: number): { url: string; body: string } {
  const encrypted = encrypt(keyOf(mail.aesKey), xml, mail.receiveId);
  const timestamp = String(toSeconds(nowMs));
  const nonce = newId('', 5);
  const url = new URL(mail.url);
  url.searchParams.set('msg_signature', sign(mail.token, timestamp, nonce, encrypted));
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  const body = writeXml({ ToUserName: mail.receiveId, AgentID: mail.agentId, Encrypt: encrypted });
  return { url: url.href, body };
}

/** Tries once to hand a callback over, and writes down how that went. Never throws. */
export async function attempt(mail: CallbackMail, record: CallbackRecord, nowMs: number, stop: AbortSignal) {
  const stopwatch = startStopwatch();
  const entry: CallbackAttempt = { at: nowMs, status: null, ms: 0, body: '', error: null };
  // not AbortSignal.any with AbortSignal.timeout: Node 20 may collect that timeout before it fires
  const deadline = new AbortController();
  const hangUp = () => deadline.abort(stop.aborted ? stop.reason : new NoAnswer());
  const timer = setTimeout(hangUp, ANSWER_WITHIN_MS);
  stop.addEventListener('abort', hangUp, { once: true });
  try {
    const { url, body } = envelopeOf(mail, record.xml, nowMs);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
      redirect: 'manual',
      signal: deadline.signal,
    });
    entry.status = response.status;
    entry.body = (await response.text()).slice(0, KEPT_ANSWER_CHARS);
    entry.error = complaint(mail, entry.status, entry.body);
  } catch (error) {
    entry.error = error instanceof Error ? describe(error) : String(error);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', hangUp);
  }
  entry.ms = stopwatch();
  record.attempts.push(entry);
  return entry.error === null;
}

/** What is wrong with an answer: command and system want exactly `success`, data takes an empty one too. */
function complaint(mail: CallbackMail, status: number, body: string): string | null {
  if (status !== 200) return `HTTP ${status}`;
  if (body === 'success' || (mail.channel === 'data' && body === '')) return null;
  return 'the answer is not "success"';
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : null;
  return cause && 'code' in cause ? String(cause.code) : (cause?.message ?? error.message);
}
