import type { VisitView } from '../../../server/http/contract/visit';
import type { GateState } from '../../gate/gate-state';
import type { GateStore } from '../../gate/gate-store';
import { doneToday } from '../../gate/once-a-day';
import { nowMs } from '../clock';
import { VISIT_PATH, type Arrival } from './arrival';
import { askVisit, endSession } from './ask-visit';
import { outsiderVerdict } from './last-visit';
import { isWecom } from './qy';
import { troubleState } from './trouble';
import { clientLanguage } from './words';

/** The way in: what opens the gate, opens it again, and begins anew when a session has ended. */
export type Entrance = {
  /** The mini-program was opened, by whatever led to this address. */
  readonly open: (arrival: Arrival) => Promise<void>;
  /** It came to the front again as it was left. */
  readonly resume: (page: string) => Promise<void>;
  /** In plain WeChat: goes on without a WeCom account. */
  readonly visitAsOutsider: () => void;
  /** The server no longer knows the session: log in anew for this page. */
  readonly logInAgain: (page: string) => Promise<void>;
};

/** Coming back this soon, nothing has changed for somebody who was let in. */
const QUIET_FOR_MS = 60_000;

/** Plain WeChat: WeCom is the way in, or a look at what is public (the first rule of the verdict). */
function outsideState(state: GateState): GateState {
  const waysIn = { scanHref: null, visitHref: VISIT_PATH, workbenchOnly: false };
  return { ...state, screen: 'open_in_wecom', client: 'wechat', verdict: null, waysIn };
}

function outsiderState(state: GateState): GateState {
  const person = { corpId: null, isAdmin: false, isOutsider: true };
  return { ...state, screen: 'verdict', verdict: outsiderVerdict(state.lang), person };
}

function visitState(state: GateState, { lang, appName, ...visit }: VisitView): GateState {
  const shown: GateState = {
    ...state,
    ...{ lang, appName, client: 'wecom' },
    ...{ screen: visit.screen, verdict: visit.verdict, person: visit.person, request: visit.request },
    targetTitle: visit.targetTitle,
    failure: null,
  };
  return { ...shown, bannerClosed: doneToday('banner', shown) };
}

/** A gate that knows nothing yet: what was drawn before goes, so that it is asked for anew. */
function beginState(state: GateState, page: string): GateState {
  const lang = state.person === null ? clientLanguage() : state.lang;
  return { ...state, lang, screen: 'verdict', verdict: null, failure: null, returnTo: page };
}

/** The entrance of one gate. Openings may overlap; the last one counts, and every one ends in something shown. */
export function createEntrance(store: GateStore): Entrance {
  let askedAtMs = 0;
  let running = 0;
  let turn = 0;

  const ask = async (arrival: Arrival): Promise<void> => {
    turn += 1;
    running += 1;
    const mine = turn;
    askedAtMs = nowMs();
    const shown = await askVisit(arrival).then(
      (visit) => (state: GateState) => visitState(state, visit),
      (error: unknown) => (state: GateState) => troubleState(state, error),
    );
    running -= 1;
    if (mine === turn) store.update({ state: shown(store.get().state), problem: null });
  };

  const open = async (arrival: Arrival): Promise<void> => {
    store.update({ state: beginState(store.get().state, arrival.page), problem: null });
    if (!isWecom()) return store.update({ state: outsideState(store.get().state) });
    await ask(arrival);
  };

  const resume = async (page: string): Promise<void> => {
    const { verdict } = store.get().state;
    const isIn = verdict?.outcome === 'allow';
    if (!isWecom() || running > 0 || (isIn && nowMs() - askedAtMs < QUIET_FOR_MS)) return;
    await ask({ page, corpId: null });
  };

  const logInAgain = async (page: string): Promise<void> => {
    // Several calls may learn at once that the session is over: one answer serves them all, and each is then made anew.
    if (running > 0) return store.update({ state: beginState(store.get().state, page) });
    endSession();
    await open({ page, corpId: null });
  };

  const visitAsOutsider = (): void => store.update({ state: outsiderState(store.get().state) });

  return { open, resume, logInAgain, visitAsOutsider };
}
