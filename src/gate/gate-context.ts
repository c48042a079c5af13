import { createContext, useContext, useSyncExternalStore } from 'react';
import type { GatePort } from './gate-port';
import type { GateModel, GateStore } from './gate-store';

/** The one gate of this page load: its model, and the server on the other side. */
export type GateHandle = { readonly store: GateStore; readonly port: GatePort };

export const GateContext = createContext<GateHandle | null>(null);

/** The gate around this page. @throws outside the app */
export function useGate(): GateHandle {
  const gate = useContext(GateContext);
  if (gate === null) throw new Error('useGate: this component is not inside the app');
  return gate;
}

/** The gate's model, drawn again when it changes. */
export function useGateModel(): GateModel {
  const { store } = useGate();
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
