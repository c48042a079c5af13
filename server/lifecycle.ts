import { startStopwatch } from './clock';

/** How long this process runs, and whether it still wants requests. */
export type Lifecycle = {
  readonly runningMs: () => number;
  readonly isStopping: () => boolean;
  readonly beginStop: () => void;
};

export function createLifecycle(): Lifecycle {
  let stopping = false;
  return {
    runningMs: startStopwatch(),
    isStopping: () => stopping,
    beginStop: () => void (stopping = true),
  };
}
