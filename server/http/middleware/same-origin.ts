import type { Config } from '../../config';
import { AppError } from '../../errors';
import { noted } from '../openapi/route-note';
import type { AppContext, Handler } from '../router';

/**
 * Throws `request.origin` when a request that changes something, and is carried by our cookie, was not sent by a page of
 * ours. A Bearer token cannot be made to travel by another page, so it is exempt; so is a request nobody is logged in to.
 */
export function requireSameOrigin(config: Pick<Config, 'publicUrl'>): Handler {
  return noted({ errors: ['request.origin'] }, (ctx) => {
    if (ctx.state.sessionBy === 'cookie' && !isOwn(ctx, config.publicUrl)) throw new AppError('request.origin');
  });
}

/**
 * What says where a request came from must name us. Programs and the oldest web views say nothing at all; from those
 * web views the cookie's SameSite=Lax keeps other pages' posts away.
 */
function isOwn(ctx: AppContext, publicUrl: string): boolean {
  const { origin, referer } = ctx.req.headers;
  const site = ctx.req.headers['sec-fetch-site'];
  if (origin !== undefined) return origin === publicUrl;
  if (site !== undefined) return site === 'same-origin';
  return referer === undefined || referer === publicUrl || referer.startsWith(`${publicUrl}/`);
}
