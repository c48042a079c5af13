/** The only source of "now" in the server. A test or the sandbox hands in its own. */
export type Clock = { readonly now: () => number };

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Starts measuring; the returned function gives the milliseconds since. Real time, whatever the clock says. */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  return () => Math.round(performance.now() - startedAt);
}

/** The machine's time since an arbitrary start, with fractions: for deadlines and durations where rounding would hurt. */
export const monotonicMs = (): number => performance.now();
