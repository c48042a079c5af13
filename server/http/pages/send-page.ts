import type { GateState } from '../../../src/gate/gate-state';
import type { Deps } from '../../deps';
import type { AppContext } from '../router';
import { composePage } from './compose-page';
import { compress, type ContentEncoding } from './compress';
import { contentSecurityPolicy } from './content-security-policy';

/** 22 base62 characters carry 130 bits: no page's nonce can be guessed or met again. */
const NONCE_LENGTH = 22;

const NOT_BUILT = 'The front end has not been built. Run "npm run build" and start the server again.\n';

/** A page tells one person's verdict at one moment: nobody may keep it, and the same address differs by client. */
const PAGE_HEADERS = {
  'Cache-Control': 'private, no-store',
  Vary: 'Accept-Encoding, Cookie, User-Agent, Accept-Language',
  'X-Content-Type-Options': 'nosniff',
  // `no-referrer` would send the page's own forms with `Origin: null`, which our own check refuses.
  'Referrer-Policy': 'same-origin',
};

function chooseEncoding(ctx: AppContext): ContentEncoding {
  if (ctx.acceptsEncodings('br')) return 'br';
  return ctx.acceptsEncodings('gzip') ? 'gzip' : 'identity';
}

function sendNotBuilt(ctx: AppContext): void {
  ctx.status = 503;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = NOT_BUILT;
}

/** Answers with the page that shows `state`; 503 with what to do when no front end is built. */
export async function sendPage(deps: Deps, ctx: AppContext, state: GateState, status = 200): Promise<void> {
  if (deps.pages === null) return sendNotBuilt(ctx);
  const { oauth, login } = deps.config.origins;
  const nonce = deps.ids.token(NONCE_LENGTH);
  const encoding = chooseEncoding(ctx);
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set(PAGE_HEADERS);
  ctx.set('Content-Security-Policy', contentSecurityPolicy(nonce, [oauth, login]));
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding);
  ctx.body = await compress(composePage(state, deps.pages, nonce), encoding);
}
