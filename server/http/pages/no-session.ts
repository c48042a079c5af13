import type { Deps } from '../../deps';
import { findEntry } from '../login/login-way';
import type { AppContext } from '../router';
import { clientOf, pageOf, screenState } from './screen-state';
import { sendPage } from './send-page';
import { findWaysIn } from './ways-in';

function loginHref(ctx: AppContext, returnTo: string, corpId: string | null): string {
  const from = findEntry(ctx.query.from);
  const query = new URLSearchParams({ return_to: returnTo, ...(from && { from }), ...(corpId && { corp: corpId }) });
  return `/login?${query}`;
}

/**
 * A page without a session: inside WeCom straight to login; elsewhere the screen that says how to come in.
 * A custom app whose corp is not in the address can only be opened from the workbench.
 */
export function welcome(
  deps: Deps,
  ctx: AppContext,
  { returnTo = pageOf(ctx), corpId = null }: { returnTo?: string; corpId?: string | null } = {},
): Promise<void> | void {
  const client = clientOf(ctx);
  const waysIn = findWaysIn(deps.config, client, returnTo, corpId);
  if (client.kind === 'wecom' && !waysIn.workbenchOnly) return ctx.redirect(loginHref(ctx, returnTo, corpId));
  return sendPage(deps, ctx, screenState(deps, ctx, 'open_in_wecom', { returnTo, waysIn }));
}
