export type BackOff = { readonly firstMs: number; readonly longestMs: number };

/**
 * How long to wait after the n-th failed attempt: doubling from the first to the longest, a random half of it, so that
 * what failed together does not come back together.
 * @param chance from 0 to 1
 */
export function backOffMs(attempt: number, { firstMs, longestMs }: BackOff, chance: number): number {
  const ms = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ms / 2 + (ms / 2) * chance);
}
