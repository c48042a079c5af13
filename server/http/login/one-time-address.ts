import type { AppContext } from '../router';

/** For addresses that carry a code or a state: kept by no cache, told to nobody by a Referer. */
export function hideOneTimeAddress(ctx: AppContext): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Referrer-Policy', 'no-referrer');
}
