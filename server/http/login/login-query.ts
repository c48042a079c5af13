import type { AppContext } from '../router';
import { entryOf, type LoginWay } from './login-way';
import { safeReturnTo } from './return-to';

/** WeCom's codes are at most 512 bytes, our states 128. Repeated, missing or longer parameters read as empty. */
const MAX_LENGTH = 512;

/** One parameter of a login address; empty when it is missing, repeated or too long. */
export function readParam(ctx: AppContext, name: string): string {
  const value = ctx.query[name];
  return typeof value === 'string' && value.length <= MAX_LENGTH ? value : '';
}

/** The way a login link asks for: /login?return_to=…&from=…&corp=… Whatever it says, it is a way we can go. */
export function readWay(ctx: AppContext, purpose: LoginWay['purpose']): LoginWay {
  const returnTo = safeReturnTo(ctx.query.return_to);
  const entry = purpose === 'web' ? 'web' : entryOf(ctx.query.from, returnTo);
  return { purpose, corpId: readParam(ctx, 'corp') || null, returnTo, entry, attempt: 1 };
}
