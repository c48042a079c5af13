import type { Deps } from '../../deps';
import { openCorp } from '../../corps/open-corp';
import { countLoginsOf } from '../../store/login-states';
import type { CorpRef } from '../../wecom/client';
import type { AppContext } from '../router';
import { readClient } from '../user-agent';
import { authorizeUrl, webLoginUrl } from './authorize-url';
import { ensureBrowserHash } from './browser-cookie';
import { failureHref } from './login-failure';
import { keepLogin } from './login-state';
import type { LoginWay } from './login-way';

/** More logins than a person makes: the browser takes the login's cookie but drops the session's. */
const LOOP = { logins: 8, withinMs: 60_000 };

async function runsInCircles(deps: Deps, ctx: AppContext, browserHash: string): Promise<boolean> {
  if (ctx.state.session) return false;
  const since = deps.clock.now() - LOOP.withinMs;
  return (await countLoginsOf(deps.store.db, browserHash, since)) >= LOOP.logins;
}

function loginUrl(deps: Deps, ctx: AppContext, way: LoginWay, corp: CorpRef | null, state: string): string {
  const target = { redirectUri: `${deps.config.publicUrl}/login/callback`, state };
  if (way.purpose === 'oauth') return authorizeUrl(deps.config, corp, target);
  return webLoginUrl(deps.config, corp, {
    ...target,
    lang: readClient(ctx.get('user-agent'), ctx.get('accept-language')).lang,
  });
}

/** Sends the person to WeCom's login; it comes back to /login/callback, where `finishLogin` takes it up. */
export async function beginLogin(deps: Deps, ctx: AppContext, way: LoginWay): Promise<void> {
  const corp = way.corpId === null ? null : await openCorp(deps, way.corpId);
  if (way.corpId !== null && corp === null) return ctx.redirect(failureHref('app_not_installed', null, way));
  const browserHash = ensureBrowserHash(deps, ctx);
  if (await runsInCircles(deps, ctx, browserHash)) return ctx.redirect(failureHref('cookies', null, way));
  const state = await keepLogin(deps, browserHash, way);
  ctx.redirect(loginUrl(deps, ctx, way, corp, state));
}
