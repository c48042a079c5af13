import type { Deps } from '../../deps';
import { openCorp } from '../../corps/open-corp';
import { welcome } from '../pages/no-session';
import { isCustomAppServer } from '../pages/ways-in';
import type { AppContext } from '../router';
import { beginLogin } from './begin-login';
import { failureHref } from './login-failure';
import type { LoginWay } from './login-way';
import { safeReturnTo } from './return-to';

/** The page behind /c/:corpId/…, with its query. */
function pageBehind(ctx: AppContext): string {
  return safeReturnTo(`/${ctx.params['*'] ?? ''}${ctx.search}`);
}

/**
 * /c/:corpId/…: a custom app's way in, because its corp must be known before OAuth (page 96441). Whoever has a session of
 * this corp goes straight to the page. A third-party app's link of this form is an ordinary one: WeCom tells the corp.
 */
export async function enterByCorp(deps: Deps, ctx: AppContext): Promise<void> {
  const corpId = ctx.params.corpId ?? '';
  const returnTo = pageBehind(ctx);
  if (ctx.state.session?.corpId === corpId) return ctx.redirect(returnTo);
  if (!isCustomAppServer(deps.config)) return ctx.redirect(returnTo);
  if ((await openCorp(deps, corpId)) === null) {
    return ctx.redirect(failureHref('app_not_installed', null, { purpose: 'oauth', corpId, returnTo }));
  }
  await welcome(deps, ctx, { returnTo, corpId });
}

/**
 * To WeCom's login, in the form this app uses: a custom app logs in under its corp's id, so a link that does not say whose
 * it is leads to the screen that points to the workbench; a third-party app needs no corp.
 */
export function beginOwnForm(deps: Deps, ctx: AppContext, way: LoginWay): Promise<void> | void {
  if (!isCustomAppServer(deps.config)) return beginLogin(deps, ctx, { ...way, corpId: null });
  return way.corpId === null ? welcome(deps, ctx, { returnTo: way.returnTo }) : beginLogin(deps, ctx, way);
}
