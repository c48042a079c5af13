import type { GateState } from './gate-state';

/**
 * What the gate draws. One member per screen; `page` is the feature itself, with or without a banner; `entering` is a
 * mini-program that is still logging in.
 */
export type Screen = 'entering' | 'page' | 'block' | 'wait' | 'open_in_wecom' | 'login_failed' | 'not_found';

type Drawn = Pick<GateState, 'screen' | 'verdict' | 'failure'> & Partial<Pick<GateState, 'person' | 'returnTo'>>;

/** The licence page is an administrator's way out of a refusal: it stays open to them whatever the verdict. */
function isWayOut({ person, returnTo = '' }: Drawn): boolean {
  return person?.isAdmin === true && /^\/admin(?:[?#]|$)/.test(returnTo);
}

/** Which screen a state is. Pure and total; the server and the app draw the same one for the same state. */
export function screenOf(state: Drawn): Screen {
  if (state.screen === 'login_failed' && state.failure !== null) return 'login_failed';
  if (state.screen === 'not_found' || state.screen === 'open_in_wecom') return state.screen;
  if (state.verdict === null) return state.screen === 'verdict' ? 'entering' : 'open_in_wecom';
  if (isWayOut(state)) return 'page';
  if (state.verdict.outcome === 'block' || state.verdict.outcome === 'wait') return state.verdict.outcome;
  return 'page';
}

/** Whether the page carries its banner now. */
export function bannerShows(state: Drawn & Pick<GateState, 'bannerClosed'>): boolean {
  const { verdict } = state;
  if (verdict === null || !verdict.banner || screenOf(state) !== 'page') return false;
  return !(state.bannerClosed && verdict.bannerCloses);
}
