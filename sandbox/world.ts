import { randomBytes } from 'node:crypto';
import type { CallbackMail } from './callbacks/mail';
import type { SandboxClock } from './clock';
import type { State } from './state/types';

/** What every part of the sandbox is handed. `state` is replaced as a whole by restore and reset: never keep parts of it. */
export type World = {
  state: State;
  readonly clock: SandboxClock;
  /** Puts a callback on its way, encrypted and retried. Silent while the past is being seeded. */
  readonly send: (mail: CallbackMail) => void;
  /** Sends a callback that a fault held back. */
  readonly release: (id: string) => void;
  /** Lets happen what should have happened by now: a running clock is looked at once a second only. */
  readonly catchUp: () => void;
  /** Runs `work` this much later on the machine's own time, or before the clock moves, whichever comes first. */
  readonly soon: (delayMs: number, work: () => void) => void;
  /** Where the sandbox itself answers, known once it listens. */
  origin: string;
  phoneOrigin: string;
};

/** An unguessable id with a readable beginning. Letters and digits only, so it passes WeCom's own charset rules. */
export function newId(prefix: string, bytes = 16): string {
  return prefix + randomBytes(bytes).toString('hex');
}

/** The next number of the sandbox, for ids that people read in order (orders, codes, agents). */
export function nextSerial(world: World): number {
  return world.state.nextSerial++;
}
