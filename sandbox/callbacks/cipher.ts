import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** WeCom pads to blocks of 32, twice the cipher's own. */
const PAD_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** The 32-byte key inside a 43-character EncodingAESKey. */
export function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/** Encrypts a message for a receiver (callbacks.md section 3). `random16` is handed in only by a known-answer test. */
export function encrypt(key: Buffer, message: string, receiveId: string, random16 = randomBytes(RANDOM_BYTES)): string {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  const plain = pad(Buffer.concat([random16, length, text, Buffer.from(receiveId, 'utf8')]));
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The opposite of encrypt: the message and whom it was for. */
export function decrypt(key: Buffer, encrypted: string): { message: string; receiveId: string } {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const plain = padded.subarray(RANDOM_BYTES, padded.length - (padded.at(-1) ?? 0));
  const end = LENGTH_BYTES + plain.readUInt32BE();
  return {
    message: plain.subarray(LENGTH_BYTES, end).toString('utf8'),
    receiveId: plain.subarray(end).toString('utf8'),
  };
}

/** Signature of a callback: SHA-1 over the four strings in byte order. */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const parts = [token, timestamp, nonce, encrypted].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha1').update(parts.join('')).digest('hex');
}

function pad(plain: Buffer): Buffer {
  const length = PAD_BLOCK - (plain.length % PAD_BLOCK);
  return Buffer.concat([plain, Buffer.alloc(length, length)]);
}
