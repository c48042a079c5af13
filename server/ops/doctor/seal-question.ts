import { createCipheriv, randomBytes } from 'node:crypto';
import { signCallback } from '../../callbacks/crypto';
import type { CallbackKeys } from '../../config';

const PAD_BLOCK = 32;

/** The query of a callback address's verification, as WeCom's console would send it (page 90930). */
export function sealQuestion({ aesKey, token }: CallbackKeys, echo: string, receiveId: string, nowMs: number): string {
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = randomBytes(5).toString('hex');
  const echostr = encrypt(aesKey, echo, receiveId);
  const msg_signature = signCallback(token, timestamp, nonce, echostr);
  return new URLSearchParams({ msg_signature, timestamp, nonce, echostr }).toString();
}

function encrypt(aesKey: Buffer, message: string, receiveId: string): string {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(message));
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(message), Buffer.from(receiveId)]);
  const pad = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  );
}
