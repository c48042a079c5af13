import { createHash } from 'node:crypto';

/** What `ww.register` wants back from a signature callback. `timestamp` is in seconds. */
export type UrlSignature = { readonly timestamp: number; readonly nonceStr: string; readonly signature: string };

/**
 * Signs a page's address for the JS-SDK: SHA-1 over the four fields in this order, nothing encoded, the address without
 * its fragment but with its query (JS-SDK signatures, page 90539).
 */
export function signUrl(ticket: string, url: string, nonceStr: string, timestampSeconds: number): UrlSignature {
  const address = url.split('#', 1)[0] ?? '';
  const text = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestampSeconds}&url=${address}`;
  return { timestamp: timestampSeconds, nonceStr, signature: createHash('sha1').update(text).digest('hex') };
}

/** Whether an address is a page of ours: the only ones whose signature may be handed out. */
export function isOwnAddress(url: string, publicUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin;
}
