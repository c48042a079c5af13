import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors';
import { readText } from '../http/middleware/read-text';
import { readFlatXml } from './parse-xml';
import type { Signed } from './receive';

/** Callbacks are a few kilobytes; this is plenty (callbacks.md, section 7). */
const MAX_BODY_BYTES = 1024 * 1024;

/** What the console sends when an address is saved (GET). */
export function readQuestion(rawQuery: string): Signed {
  const query = readQuery(rawQuery);
  // Base64 holds no blank: one is a `+` that something on the way has decoded.
  return { ...readSignature(query), encrypted: need(query, 'echostr').replaceAll(' ', '+') };
}

/** What WeCom posts. Throws `request.too_large` before more than the cap was read. */
export async function readPost(rawQuery: string, request: IncomingMessage): Promise<Signed> {
  const signature = readSignature(readQuery(rawQuery));
  const encrypted = readFlatXml(await readText(request, MAX_BODY_BYTES)).get('Encrypt');
  if (!encrypted) throw new AppError('callback.malformed', { logDetail: 'no Encrypt' });
  return { ...signature, encrypted };
}

function readSignature(query: ReadonlyMap<string, string>): Omit<Signed, 'encrypted'> {
  const timestamp = need(query, 'timestamp');
  return { signature: need(query, 'msg_signature'), timestamp, nonce: need(query, 'nonce') };
}

function need(query: ReadonlyMap<string, string>, name: string): string {
  const value = query.get(name);
  if (!value) throw new AppError('callback.malformed', { logDetail: `no ${name} in the query` });
  return value;
}

/** The query with percent signs resolved and `+` left alone, which form decoding would turn into a blank. */
function readQuery(raw: string): ReadonlyMap<string, string> {
  try {
    const pairs = raw.split('&').map((pair): [string, string] => {
      const [name = '', ...rest] = pair.split('=');
      return [decodeURIComponent(name), decodeURIComponent(rest.join('='))];
    });
    return new Map(pairs.reverse());
  } catch (cause) {
    throw new AppError('callback.malformed', { logDetail: 'the query is not URL-encoded', cause });
  }
}
