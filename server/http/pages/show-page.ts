import { CAPABILITIES, type Capability, type Entry } from '../../../domain/facts';
import type { Deps } from '../../deps';
import { isGranted, judgeVisit } from '../../licences/gate';
import { beginLogin } from '../login/begin-login';
import { findEntry, type LoginWay } from '../login/login-way';
import type { AppContext } from '../router';
import { setEntry, type Session } from '../session';
import { welcome } from './no-session';
import { findPageTarget } from './page-target';
import { needsNewLogin } from './reopened';
import { pageOf, screenState } from './screen-state';
import { sendPage } from './send-page';
import { visitState } from './visit-state';

/** `from` in the address says where this visit came from, also within a session that began elsewhere. */
async function followEntry(deps: Deps, session: Session, entry: Entry | null): Promise<Session> {
  if (entry === null || entry === session.entry) return session;
  await setEntry(deps, session, entry);
  return { ...session, entry };
}

/** The login that tells WeCom of this very opening; a custom app's goes by its corp. */
function wayTo(ctx: AppContext, { corpId, entry, loginNamedAgent }: Session): LoginWay {
  return { purpose: 'oauth', corpId: loginNamedAgent ? corpId : null, returnTo: pageOf(ctx), entry, attempt: 1 };
}

/** A page that needs customer contact says so in its address; everything else needs the base account. */
function capabilityOf(ctx: AppContext): Capability {
  return CAPABILITIES.find((known) => known === ctx.query.capability) ?? 'base';
}

/**
 * A page of the app: judged on the server, sent with its verdict in it. A record that is not the visitor's to see is
 * refused after the verdict let them in; before that, the verdict alone speaks.
 */
export async function showPage(deps: Deps, ctx: AppContext): Promise<void> {
  if (!ctx.state.session) return welcome(deps, ctx);
  const entry = findEntry(ctx.query.from);
  const session = await followEntry(deps, ctx.state.session, entry);
  const [judged, target] = await Promise.all([
    judgeVisit(deps, session, { capability: capabilityOf(ctx) }),
    findPageTarget(deps, session, pageOf(ctx)),
  ]);
  const opening = { session: ctx.state.session, entry, verdict: judged.verdict, nowMs: judged.atMs };
  if (needsNewLogin(opening)) return beginLogin(deps, ctx, wayTo(ctx, session));
  if (isGranted(judged.verdict) && target.kind === 'lost') return sendNotFound(deps, ctx);
  await sendPage(deps, ctx, await visitState(deps, ctx, { session, judged, target }));
}

/** No such page, or nothing this visitor may see there. */
export function sendNotFound(deps: Deps, ctx: AppContext): Promise<void> {
  return sendPage(deps, ctx, screenState(deps, ctx, 'not_found'), 404);
}
