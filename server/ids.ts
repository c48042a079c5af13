import { createHash, randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Makers of unguessable ids. Base62 only: WeCom's `state` allows no `-`, `_` or `.` (84025). */
export type Ids = { readonly token: (length?: number) => string };

/** `length` base62 characters; 43 carry 256 bits. */
function base62(length: number): string {
  let out = '';
  while (out.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && out.length < length) out += BASE62[byte % 62];
    }
  }
  return out;
}

export const randomIds: Ids = { token: (length = 43) => base62(length) };

/** SHA-256 as hex: how secrets that only need comparing are kept. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
