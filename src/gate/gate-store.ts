import type { ActionId } from '../../domain/actions';
import type { VerdictView } from '../../server/http/contract/verdict';
import type { GateState } from './gate-state';

/** What the gate shows: the server's state, and what has happened on this page since. */
export type GateModel = {
  readonly state: GateState;
  /** The action whose answer is awaited. */
  readonly busy: ActionId | null;
  /** What went wrong with the last action, in the person's language. */
  readonly problem: string | null;
  readonly sheetOpen: boolean;
};

export type GateStore = {
  readonly get: () => GateModel;
  readonly subscribe: (listener: () => void) => () => void;
  readonly update: (change: Partial<GateModel>) => void;
  /** A newer verdict for the same visit. */
  readonly show: (verdict: VerdictView) => void;
};

/** The state as it is after a newer verdict: an open request belongs to the reason it was made for. */
function withVerdict(state: GateState, verdict: VerdictView): GateState {
  const request = state.verdict?.reason === verdict.reason ? state.request : null;
  return { ...state, screen: 'verdict', verdict, request };
}

/** One gate's model; made once per page load and handed down. */
export function createGateStore(initial: GateState): GateStore {
  let model: GateModel = { state: initial, busy: null, problem: null, sheetOpen: false };
  const listeners = new Set<() => void>();
  const update = (change: Partial<GateModel>): void => {
    model = { ...model, ...change };
    listeners.forEach((listener) => listener());
  };
  return {
    get: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update,
    show: (verdict) => update({ state: withVerdict(model.state, verdict) }),
  };
}
