import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors';

/** WeCom pads to blocks of 32 bytes although AES works in 16, so the pad byte is 1..32 and has to be stripped by hand. */
const PAD_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** What was inside a callback: the message, and for whom WeCom says it sealed it. */
export type OpenedMessage = { readonly message: string; readonly receiveId: string };

/** SHA-1 over the four strings in byte order, lower-case hex (page 97172). */
export function signCallback(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const parts = [token, timestamp, nonce, encrypted].map((part) => Buffer.from(part, 'utf8'));
  return createHash('sha1')
    .update(Buffer.concat(parts.sort(Buffer.compare)))
    .digest('hex');
}

/** Compares a signature with the expected one in constant time. */
export function isSameSignature(expected: string, given: string): boolean {
  const left = Buffer.from(expected, 'utf8');
  const right = Buffer.from(given, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Opens a callback's ciphertext: AES-256-CBC, IV from the key, then 16 random bytes, a big-endian byte count, the
 * message, and the receive id. Throws `callback.malformed` for anything else.
 */
export function decryptMessage(aesKey: Buffer, encrypted: string): OpenedMessage {
  const plain = stripPadding(decipher(aesKey, encrypted));
  if (plain.length < RANDOM_BYTES + LENGTH_BYTES) throw malformed('the plaintext is too short');
  const start = RANDOM_BYTES + LENGTH_BYTES;
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw malformed('the byte count is larger than the plaintext');
  return { message: readUtf8(plain.subarray(start, end)), receiveId: readUtf8(plain.subarray(end)) };
}

function decipher(aesKey: Buffer, encrypted: string): Buffer {
  const sealed = Buffer.from(encrypted, 'base64');
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw malformed('the ciphertext is not whole blocks');
  const cipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(sealed), cipher.final()]);
}

function stripPadding(plain: Buffer): Buffer {
  const pad = plain[plain.length - 1] ?? 0;
  const end = plain.length - pad;
  const padded = pad >= 1 && pad <= PAD_BLOCK && end >= 0 && plain.subarray(end).every((byte) => byte === pad);
  if (!padded) throw malformed('the padding is wrong');
  return plain.subarray(0, end);
}

function readUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed('the plaintext is not UTF-8', cause);
  }
}

function malformed(detail: string, cause?: unknown): AppError {
  return new AppError('callback.malformed', { logDetail: detail, cause });
}
