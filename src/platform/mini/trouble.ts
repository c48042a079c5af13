import { ApiFault } from '../../api/api-fault';
import type { GateState } from '../../gate/gate-state';
import { TooManyLogins } from './login-limit';
import { staleVisit, unavailableVerdict } from './last-visit';
import { LoginRefused } from './qy';
import { findToken } from './session';
import { miniWordsOf } from './words';

type Failure = NonNullable<GateState['failure']>;

/** Nobody answered, or only to say that WeCom or the store is away. */
function isSilence(error: unknown): boolean {
  return error instanceof ApiFault && (error.status === 0 || error.status >= 500 || error.status === 429);
}

/** The last verdict while it may serve, else that nothing can be said. Without a session there is nobody it belongs to. */
function silentState(state: GateState): GateState {
  const stale = findToken() === null ? null : staleVisit();
  if (stale !== null) return { ...state, ...stale, screen: 'verdict', returnTo: state.returnTo };
  return { ...state, screen: 'verdict', verdict: unavailableVerdict(state.lang), request: null };
}

function failureOf(error: unknown, lang: GateState['lang']): Omit<Failure, 'retryHref'> {
  const { login } = miniWordsOf(lang);
  if (error instanceof TooManyLogins) return { code: 'login.too_often', ...login.tooOften };
  if (error instanceof LoginRefused) return { code: 'login.client', ...login.refused };
  if (!(error instanceof ApiFault)) return { code: 'internal', ...login.refused };
  return { code: error.code, title: login.refused.title, sentence: error.message || login.refused.sentence };
}

/** What is shown when an opening ended without a visit; never the skeleton it began with. */
export function troubleState(state: GateState, error: unknown): GateState {
  if (isSilence(error)) return silentState(state);
  const retryHref = `/login?return_to=${encodeURIComponent(state.returnTo)}`;
  return { ...state, screen: 'login_failed', failure: { ...failureOf(error, state.lang), retryHref } };
}
