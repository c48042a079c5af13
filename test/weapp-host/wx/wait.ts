import { setTimeout } from 'node:timers/promises';

/** Time that passes on the phone; ends early when the mini-program does. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal });
}
