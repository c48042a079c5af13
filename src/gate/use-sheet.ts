import { useCallback, useEffect } from 'react';
import type { GateState } from './gate-state';
import type { GateStore } from './gate-store';
import { doneToday, markDone } from './once-a-day';
import { screenOf } from './screen-of';

/** Opens the seven-day sheet on the first page of the day that carries its verdict; returns what closes it. */
export function useSheet(store: GateStore, state: GateState): () => void {
  const due = state.verdict?.sheet === true && screenOf(state) === 'page';
  useEffect(() => {
    const { state: now } = store.get();
    if (!due || doneToday('sheet', now)) return;
    markDone('sheet', now);
    store.update({ sheetOpen: true });
  }, [store, due]);
  return useCallback(() => store.update({ sheetOpen: false }), [store]);
}
