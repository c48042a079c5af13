import PQueue from 'p-queue';
import type { Counted } from './budgets';

/** WeCom refuses too many parallel calls of one API by one corp (45033) without a number: this many stay well below. */
const PARALLEL = 20;

export type Lanes = {
  /** Runs `work` when its turn comes: people who wait before background work. Ends with the signal while it queues. */
  readonly run: <T>(call: Counted, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
};

/** One queue per corp and API while anything is in it. Calls that name no corp do not queue. */
export function createLanes(parallel = PARALLEL): Lanes {
  const queues = new Map<string, PQueue>();
  return {
    run: async ({ background, corpId, path }, signal, work) => {
      if (corpId === undefined) return work();
      const key = `${corpId} ${path}`;
      const queue = queues.get(key) ?? new PQueue({ concurrency: parallel });
      queues.set(key, queue);
      try {
        return await queue.add(work, { priority: background ? 0 : 1, signal });
      } finally {
        if (queue.size === 0 && queue.pending === 0 && queues.get(key) === queue) queues.delete(key);
      }
    },
  };
}
