import PQueue from 'p-queue';
import type { Counted } from './budgets';

/** WeCom refuses too many parallel calls of one API by one corp (45033) without a number: this many stay well below. */
const PARALLEL = 20;
/** Calls that name no corp, such as logins, are of many corps: a crowd of them still opens no more sockets than this. */
const PARALLEL_WITHOUT_CORP = 100;

export type Lanes = {
  /** Runs `work` when its turn comes: people who wait before background work. Ends with the signal while it queues. */
  readonly run: <T>(call: Counted, signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
};

/** One queue per corp and API, or per API where no corp is named, while anything is in it. */
export function createLanes(parallel = PARALLEL, withoutCorp = PARALLEL_WITHOUT_CORP): Lanes {
  const queues = new Map<string, PQueue>();
  return {
    run: async ({ background, corpId, path }, signal, work) => {
      const key = `${corpId ?? ''} ${path}`;
      const queue = queues.get(key) ?? new PQueue({ concurrency: corpId === undefined ? withoutCorp : parallel });
      queues.set(key, queue);
      try {
        return await queue.add(work, { priority: background ? 0 : 1, signal });
      } finally {
        if (queue.size === 0 && queue.pending === 0 && queues.get(key) === queue) queues.delete(key);
      }
    },
  };
}
