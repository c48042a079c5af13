import type { Deps } from '../deps';
import { allJobs } from './all-jobs';
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
  const rounds = createRoundRunner(deps, [handleInbox, keepSchedule(), measure]);
  const worker = createWorker(deps, allJobs);
  return {
    start: () => {
      rounds.start();
      worker.start();
    },
    stop: async () => {
      await Promise.all([rounds.stop(), worker.stop()]);
    },
  };
}
