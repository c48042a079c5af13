import type { Facts } from '../../../domain/facts';
import type { Reason } from '../../../domain/reasons';
import type { GateState } from '../../../src/gate/gate-state';
import type { Deps } from '../../deps';
import { hashSecret } from '../../ids';
import { unlessStoreDown } from '../../store/faults';
import { findOpenRequest } from '../../store/requests';
import type { VerdictView } from '../contract/verdict';
import { presentTime } from '../present/time';
import { presentJudged } from '../present/verdict';
import type { AppContext } from '../router';
import type { Session } from '../session';
import { publicTitle } from './page-target';
import type { OpenedVisit } from './open-visit';
import { clientOf, screenState } from './screen-state';

const QUIET_COOKIE = 'gate_quiet';

async function findRequestView(deps: Deps, session: Session, reason: string): Promise<GateState['request']> {
  if (session.corpId === null || session.userId === null) return null;
  // Whether it was asked already is worth a word on the page, not the page.
  const finding = findOpenRequest(deps.store.db, session.corpId, session.userId, reason);
  const row = await unlessStoreDown(finding, () => null);
  return row && { askedAt: presentTime(row.asked_at_ms, deps.config), adminsAsked: row.admins_asked };
}

/** The key only tells persons on one device apart; it is no id anyone could use. */
function personOf(session: Session, facts: Facts): NonNullable<GateState['person']> {
  const { corpId, kind, openId, userId } = session;
  const key = hashSecret(JSON.stringify([corpId, userId, openId])).slice(0, 16);
  return { corpId, isAdmin: facts.administers, isOutsider: kind === 'outsider', key };
}

/** Whether the person closed this banner today: `reason.day` in a cookie of the page's own making, a wish about looks. */
function isQuiet(ctx: AppContext, { reason, checkedAt }: VerdictView): boolean {
  return ctx.cookies.get(QUIET_COOKIE) === `${reason}.${checkedAt.slice(0, 10)}`;
}

/** Reasons after which the visit goes on to its target by itself, so that naming it helps. */
const GOES_ON: readonly Reason[] = ['activating', 'open_from_workbench'];

type VisitState = Pick<GateState, 'request' | 'targetTitle'> & {
  readonly verdict: VerdictView;
  readonly person: NonNullable<GateState['person']>;
};

/** What every client shows of an opened visit: verdict in the person's language, who they are, what they asked for. */
export async function describeVisit(
  deps: Deps,
  lang: GateState['lang'],
  { session, judged, target }: OpenedVisit,
): Promise<VisitState> {
  const { reason } = judged.verdict;
  return {
    verdict: presentJudged(judged, { lang, config: deps.config }),
    person: personOf(session, judged.facts),
    request: await findRequestView(deps, session, reason),
    targetTitle: GOES_ON.includes(reason) ? publicTitle(target) : null,
  };
}

/** The state of an opened visit in the HTML of its page. */
export async function visitState(deps: Deps, ctx: AppContext, visit: OpenedVisit): Promise<GateState> {
  const shown = await describeVisit(deps, clientOf(ctx).lang, visit);
  return screenState(deps, ctx, 'verdict', { ...shown, bannerClosed: isQuiet(ctx, shown.verdict) });
}
