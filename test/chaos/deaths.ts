/** When each process was dead, on the machine's time. */
export type Deaths = {
  /** The nth is being killed. */
  readonly begins: (nth: number) => void;
  /** Another listens in its place. */
  readonly ends: (nth: number) => void;
  /** Whether the nth was dead at any time since then. */
  readonly wasDead: (nth: number, sinceMs: number) => boolean;
  readonly count: () => number;
};

export function recordDeaths(processes: number): Deaths {
  const lastKilledAt: number[] = Array.from({ length: processes }, () => -Infinity);
  const aliveSince: number[] = Array.from({ length: processes }, () => -Infinity);
  let count = 0;
  return {
    begins: (nth) => {
      count += 1;
      lastKilledAt[nth] = performance.now();
      aliveSince[nth] = Infinity;
    },
    ends: (nth) => void (aliveSince[nth] = performance.now()),
    wasDead: (nth, sinceMs) => (aliveSince[nth] ?? 0) > sinceMs || (lastKilledAt[nth] ?? 0) > sinceMs,
    count: () => count,
  };
}
