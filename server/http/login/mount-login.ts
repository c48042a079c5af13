import type { Deps } from '../../deps';
import { SessionRequest, SessionResponse } from '../contract/visit';
import { bodyOf, parseBody } from '../middleware/parse';
import { answers } from '../openapi/route-note';
import type { Router } from '../router';
import { adminLogin } from './admin-login';
import { beginOwnForm, enterByCorp } from './custom-app';
import { finishLogin } from './finish-login';
import { readParam, readWay } from './login-query';
import { openMiniProgramSession } from './mini-program-session';
import { hideOneTimeAddress } from './one-time-address';
import { showLoginFailure } from './show-login-failure';

/** Every way to a session: OAuth in the client, scan login, the administrator's link, a custom app's link, mini-program. */
export function mountLogin(router: Router, deps: Deps): void {
  router.get('/login', hideOneTimeAddress, (ctx) => beginOwnForm(deps, ctx, readWay(ctx, 'oauth')));
  router.get('/login/web', hideOneTimeAddress, (ctx) => beginOwnForm(deps, ctx, readWay(ctx, 'web')));
  router.get('/login/callback', hideOneTimeAddress, (ctx) =>
    finishLogin(deps, ctx, { code: readParam(ctx, 'code'), state: readParam(ctx, 'state') }),
  );
  router.get('/login/admin', hideOneTimeAddress, (ctx) => adminLogin(deps, ctx, readParam(ctx, 'auth_code')));
  router.get('/login/failed', (ctx) => showLoginFailure(deps, ctx));

  router.get('/c/:corpId', (ctx) => enterByCorp(deps, ctx));
  router.get('/c/:corpId/*', (ctx) => enterByCorp(deps, ctx));

  router.post(
    '/api/session',
    answers('A mini-program logs in: its code for a session and the verdict', SessionResponse, {
      errors: ['auth.code', 'access.blocked', 'wecom.refused', 'wecom.timeout'],
    }),
    parseBody(SessionRequest),
    async (ctx) => {
      ctx.body = await openMiniProgramSession(deps, ctx, bodyOf(ctx, SessionRequest));
    },
  );
}
