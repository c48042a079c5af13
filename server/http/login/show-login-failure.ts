import type { Deps } from '../../deps';
import { clientOf, screenState } from '../pages/screen-state';
import { sendPage } from '../pages/send-page';
import type { AppContext } from '../router';
import { presentFailure } from './login-failure';

/** The screen of a login that ended without a session: why, its code, and the way out. */
export function showLoginFailure(deps: Deps, ctx: AppContext): Promise<void> {
  const { status, returnTo, failure } = presentFailure(ctx.query, clientOf(ctx).lang);
  return sendPage(deps, ctx, screenState(deps, ctx, 'login_failed', { returnTo, failure }), status);
}
