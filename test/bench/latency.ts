import type { Crowd } from './scale/crowd';
import { askWorker } from './load';

/** Requests whose every answer is timed. */
export type TimedLoad = {
  readonly origin: string;
  readonly connections: number;
  /**
   * Sent at this rate however slowly answers come, each timed from the moment it was meant to be sent; null: every
   * connection sends as soon as its last request was answered.
   */
  readonly perSecond: number | null;
  readonly ask:
    | { readonly kind: 'page'; readonly path: string; readonly count: number }
    | { readonly kind: 'verdicts'; readonly tokens: readonly string[] }
    | { readonly kind: 'callbacks'; readonly crowd: Crowd; readonly first: number; readonly count: number };
};

export type Timed = {
  /** How long each answer took. */
  readonly ms: readonly number[];
  /** Answers that were no success. */
  readonly failed: number;
};

/** Sends a load from a process of its own; throws when a single answer was not a success. */
export async function measureLatencies(load: TimedLoad): Promise<readonly number[]> {
  const { failed, ms } = await askWorker<Timed>('test/bench/latency-worker.ts', load);
  if (failed > 0) throw new Error(`${failed} of the answers of ${load.origin} were no success`);
  return ms;
}

/** The value that this share of the values does not exceed: 0.99 for the p99. */
export function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.ceil(sorted.length * share) - 1];
  if (value === undefined) throw new Error('No values to take a share of');
  return value;
}
