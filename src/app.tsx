import { useEffect, useState, type ReactNode } from 'react';
import { BLANK_STATE } from './gate/blank-state';
// Every page is wrapped in it: here it travels once, not with each page.
import './gate/gate';
import { GateContext, type GateHandle } from './gate/gate-context';
import { httpGatePort } from './gate/gate-port';
import { createGateStore } from './gate/gate-store';
import { enter } from './platform/enter';
import { findGateState } from './platform/host';
import './platform/gate-style';
import './app.scss';

function createGate(): GateHandle {
  return { store: createGateStore(findGateState() ?? BLANK_STATE), port: httpGatePort };
}

/** The app: one gate for all pages. */
export default function App({ children }: { readonly children?: ReactNode }) {
  const [gate] = useState(createGate);
  useEffect(() => void enter(gate), [gate]);
  return <GateContext.Provider value={gate}>{children}</GateContext.Provider>;
}
