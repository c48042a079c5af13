import type { GateStore } from '../../gate/gate-store';
import { currentPath } from '../host';

/**
 * All pages of the mini-program share one gate. Coming back to a page, the gate is about that page again: its address,
 * and whether what it shows could not be found.
 */
export function createPageMemory(): (store: GateStore) => void {
  const lost = new Set<string>();
  return (store) => {
    const { state } = store.get();
    const page = currentPath();
    if (state.screen === 'not_found') lost.add(state.returnTo);
    const isAbout = state.screen === 'not_found' || state.screen === 'verdict';
    const screen = lost.has(page) ? 'not_found' : 'verdict';
    store.update({ state: { ...state, returnTo: page, ...(isAbout && { screen }) } });
  };
}
