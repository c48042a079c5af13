import { ApiFault } from '../api/api-fault';
import type { GatePort } from './gate-port';
import type { GateStore } from './gate-store';

/** Between two looks when the server does not say, and at most when it cannot be reached. */
const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 8000;

/**
 * Follows a running activation: asks again after `retryAfterMs` until the verdict is no longer `wait`. Silence from the
 * network slows it down and never ends it; a lost session leads to login.
 * @returns stops following
 */
export function followVerdict(store: GateStore, port: GatePort): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let silence = 0;

  const look = async (): Promise<void> => {
    const { verdict, returnTo } = store.get().state;
    try {
      const answer = await port.askVerdict(verdict?.capability ?? 'base');
      silence = 0;
      if (!stopped) store.show(answer);
    } catch (error) {
      if (error instanceof ApiFault && error.status === 401) return port.login(returnTo);
      silence += 1;
    }
    plan();
  };

  const plan = (): void => {
    const { verdict } = store.get().state;
    if (stopped || verdict?.outcome !== 'wait') return;
    const pause = (verdict.retryAfterMs ?? PAUSE_MS) * 2 ** silence;
    timer = setTimeout(() => void look(), Math.min(pause, LONGEST_PAUSE_MS));
  };

  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
