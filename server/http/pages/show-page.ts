import type { Deps } from '../../deps';
import { beginLogin } from '../login/begin-login';
import { findEntry, type LoginWay } from '../login/login-way';
import type { AppContext } from '../router';
import type { Session } from '../session';
import { welcome } from './no-session';
import { openVisit } from './open-visit';
import { pageOf, screenState } from './screen-state';
import { sendPage } from './send-page';
import { visitState } from './visit-state';

/** The login that tells WeCom of this very opening; a custom app's goes by its corp. */
function wayTo(ctx: AppContext, { corpId, entry, loginNamedAgent }: Session): LoginWay {
  return { purpose: 'oauth', corpId: loginNamedAgent ? corpId : null, returnTo: pageOf(ctx), entry, attempt: 1 };
}

/**
 * A page of the app: judged on the server, sent with its verdict in it. A record that is not the visitor's to see is
 * refused after the verdict let them in; before that, the verdict alone speaks.
 */
export async function showPage(deps: Deps, ctx: AppContext): Promise<void> {
  const { session } = ctx.state;
  if (!session) return welcome(deps, ctx);
  const visit = await openVisit(deps, session, { page: pageOf(ctx), entry: findEntry(ctx.query.from) });
  if (visit.loginAgain) return beginLogin(deps, ctx, wayTo(ctx, visit.session));
  if (visit.isLost) return sendNotFound(deps, ctx);
  await sendPage(deps, ctx, await visitState(deps, ctx, visit));
}

/** No such page, or nothing this visitor may see there. */
export function sendNotFound(deps: Deps, ctx: AppContext): Promise<void> {
  return sendPage(deps, ctx, screenState(deps, ctx, 'not_found'), 404);
}
