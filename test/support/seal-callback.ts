import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** The sending side's own sealing, written apart from the server's opening so that one cannot excuse the other. */
export type SealedCallback = {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypted: string;
};

export type CallbackSecrets = { readonly token: string; readonly encodingAesKey: string };

/** AES-256-CBC as in page 90968: random 16, byte count, message, receive id, padded to blocks of 32. */
export function encryptCallback(
  encodingAesKey: string,
  message: string,
  receiveId: string,
  random: Buffer = randomBytes(16),
): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random, length, text, Buffer.from(receiveId, 'utf8')]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString(
    'base64',
  );
}

export function buildSignature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  const sorted = [token, timestamp, nonce, encrypted].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** A callback as WeCom would seal it now. */
export function sealCallback(
  secrets: CallbackSecrets,
  message: string,
  receiveId: string,
  atMs: number,
  nonce: string = randomBytes(5).toString('hex'),
): SealedCallback {
  const timestamp = String(Math.floor(atMs / 1000));
  const encrypted = encryptCallback(secrets.encodingAesKey, message, receiveId);
  return { signature: buildSignature(secrets.token, timestamp, nonce, encrypted), timestamp, nonce, encrypted };
}

/** The POST body around a ciphertext. */
export function envelopeXml(encrypted: string, toUserName = ''): string {
  return `<xml><ToUserName><![CDATA[${toUserName}]]></ToUserName><AgentID></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
}
