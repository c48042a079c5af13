/** What is on record was seen after what is told; unless a clock that has been set back since wrote it. */
export function isNewer(recordAtMs: number, toldAtMs: number, nowMs: number): boolean {
  return recordAtMs > toldAtMs && recordAtMs <= nowMs;
}
