import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Gate } from '../../src/gate/gate';
import { GateContext } from '../../src/gate/gate-context';
import type { GatePort } from '../../src/gate/gate-port';
import type { GateState } from '../../src/gate/gate-state';
import { createGateStore } from '../../src/gate/gate-store';
import { buildVerdict } from './build-state';

/** The server on the other side of the gate, scripted. */
export function buildPort(over: Partial<GatePort> = {}): GatePort & { readonly calls: string[] } {
  const calls: string[] = [];
  const said =
    <T,>(name: string, answer: T) =>
    (what: unknown): Promise<T> => {
      calls.push(`${name} ${String(what)}`);
      return Promise.resolve(answer);
    };
  return {
    calls,
    askVerdict: said('ask', buildVerdict('seat_valid')),
    refreshVerdict: said('refresh', buildVerdict('seat_valid')),
    sendRequest: said('request', { reason: 'trial_over', askedAt: '2026-11-21T10:24:00+08:00', adminsAsked: 2 }),
    setAutoActivation: said('auto', {}),
    activateOwn: () => said('activate', { state: 'done' as const, message: null })('own'),
    login: (returnTo) => calls.push(`login ${returnTo}`),
    ...over,
  };
}

/** A page inside the gate, as the app draws it. */
export function standGate(
  state: GateState,
  port: GatePort = buildPort(),
  page: ReactNode = <p>门后的内容</p>,
  into?: HTMLElement,
) {
  const store = createGateStore(state);
  const drawn = render(
    <GateContext.Provider value={{ store, port }}>
      <Gate>{page}</Gate>
    </GateContext.Provider>,
    into && { container: into },
  );
  return { ...drawn, store };
}
