import { useEffect, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { currentPath } from '../platform/host';
import { rememberQuiet } from '../platform/quiet-cookie';
import { Surroundings } from '../platform/surroundings';
import { takeOver } from '../platform/takeover';
import { followVerdict } from './follow-verdict';
import { createPress } from './gate-actions';
import { useGate, useGateModel } from './gate-context';
import type { GateStore } from './gate-store';
import { GateView } from './gate-view';
import { dayOf } from './local-time';
import { markDone } from './once-a-day';
import { Sheet } from './screens/sheet';
import { useSheet } from './use-sheet';

function closeBanner(store: GateStore): void {
  const { state } = store.get();
  if (state.verdict === null) return;
  markDone('banner', state);
  rememberQuiet(`${state.verdict.reason}.${dayOf(state.verdict.checkedAt)}`);
  store.update({ state: { ...state, bannerClosed: true } });
}

/** An action on a page opened inside the app returns to that page, not to the first one. */
function returnHere(store: GateStore): void {
  const { state } = store.get();
  if (state.screen === 'verdict') store.update({ state: { ...state, returnTo: currentPath() } });
}

/** Wraps a page: shows what the verdict says, and the page when it lets the person in. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { store, port } = useGate();
  const { state, busy, problem, sheetOpen } = useGateModel();
  const press = useMemo(() => createPress(store, port), [store, port]);
  const waits = state.verdict?.outcome === 'wait';
  const closeSheet = useSheet(store, state);
  useEffect(() => returnHere(store), [store]);
  useLayoutEffect(takeOver, []);
  useEffect(() => (waits ? followVerdict(store, port) : undefined), [waits, store, port]);
  const controls = { press, busy, problem, closeBanner: () => closeBanner(store) };
  return (
    <Surroundings>
      <GateView state={state} controls={controls}>
        {children}
      </GateView>
      {sheetOpen && state.verdict ? (
        <Sheet state={state} verdict={state.verdict} controls={controls} close={closeSheet} />
      ) : null}
    </Surroundings>
  );
}
