/** How many processes serve on this store: whoever uses a limit that all of them share takes its part of it. */
export type LiveInstances = {
  /** This process, for as long as it runs. */
  readonly id: string;
  /** This one among them, so at least 1; as of the last counting (jobs/count-instances). */
  readonly count: () => number;
  readonly counted: (count: number) => void;
};

/** Alone until it has been counted. */
export function createLiveInstances(id: string): LiveInstances {
  let known = 1;
  return { id, count: () => known, counted: (count) => void (known = Math.max(1, count)) };
}
