import type { Deps } from '../deps';
import { allJobs } from './all-jobs';
import { countInstances, leaveInstances } from './count-instances';
import { handleInbox } from './handle-inbox';
import { measure } from './measure';
import { createRoundRunner } from './rounds';
import { keepSchedule } from './schedule';
import { createWorker } from './worker';

export type Background = {
  readonly start: () => void;
  /** Starts nothing more, and resolves when what runs has ended. */
  readonly stop: () => Promise<void>;
};

/** All that an instance does besides answering requests: its rounds, and its share of the queue. */
export function createBackground(deps: Deps): Background {
  // The embedded store has one process.
  const isShared = deps.store.shared !== null;
  const counting = isShared ? [countInstances()] : [];
  const rounds = createRoundRunner(deps, [...counting, handleInbox, keepSchedule(), measure]);
  const worker = createWorker(deps, allJobs);
  return {
    start: () => {
      rounds.start();
      worker.start();
    },
    stop: async () => {
      await Promise.all([rounds.stop(), worker.stop()]);
      if (isShared) await leaveInstances(deps);
    },
  };
}
