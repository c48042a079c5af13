/** Milliseconds in a day. */
export const DAY_MS = 86_400_000;

/** Asia/Shanghai, where WeCom counts its days; no daylight saving since 1991. */
export const SHANGHAI_OFFSET_MINUTES = 480;

/** Index of the local day a moment falls on, counted from 1970-01-01 local time. */
export function localDay(atMs: number, utcOffsetMinutes: number): number {
  return Math.floor((atMs + utcOffsetMinutes * 60_000) / DAY_MS);
}

/**
 * Number of local midnights after `nowMs` up to and including `endMs`; 0 means "ends today".
 * Never negative: a right that is over has 0 days left.
 */
export function daysLeft(nowMs: number, endMs: number, utcOffsetMinutes: number): number {
  return Math.max(0, localDay(endMs, utcOffsetMinutes) - localDay(nowMs, utcOffsetMinutes));
}

/** The first moment of a local day. */
export function startOfDayMs(day: number, utcOffsetMinutes: number): number {
  return day * DAY_MS - utcOffsetMinutes * 60_000;
}

/** The first moment at which `daysLeft` of `endMs` is at most `days`: a local midnight. */
export function windowOpensAtMs(endMs: number, days: number, utcOffsetMinutes: number): number {
  return startOfDayMs(localDay(endMs, utcOffsetMinutes) - days, utcOffsetMinutes);
}
