/** Whether this process still wants requests. */
export type Lifecycle = {
  readonly isStopping: () => boolean;
  readonly beginStop: () => void;
};

export function createLifecycle(): Lifecycle {
  let stopping = false;
  return { isStopping: () => stopping, beginStop: () => void (stopping = true) };
}
