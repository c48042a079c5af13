import { useCallback, useEffect } from 'react';
import type { GateStore } from './gate-store';
import { doneToday, markDone } from './once-a-day';
import { screenOf } from './screen-of';

/** Opens the seven-day sheet on the first page of the day that carries its verdict; returns what closes it. */
export function useSheet(store: GateStore): () => void {
  useEffect(() => {
    const { state } = store.get();
    if (!state.verdict?.sheet || screenOf(state) !== 'page' || doneToday('sheet', state)) return;
    markDone('sheet', state);
    store.update({ sheetOpen: true });
  }, [store]);
  return useCallback(() => store.update({ sheetOpen: false }), [store]);
}
