import { DAY_MS } from '../../domain/calendar';

/** The newest slot that has begun: its moment, on the business clock. */
export type Slots = (nowMs: number, utcOffsetMinutes: number) => number;

const MINUTE_MS = 60_000;

/** Slots at whole multiples of some minutes from local midnight, or so many minutes past. The minutes divide a day. */
export function everyMinutes(minutes: number, past = 0): Slots {
  return (nowMs, utcOffsetMinutes) => {
    const distanceMs = (utcOffsetMinutes - past) * MINUTE_MS;
    const local = nowMs + distanceMs;
    return local - (local % (minutes * MINUTE_MS)) - distanceMs;
  };
}

/** One slot a day at a local time, `hours:minutes`. */
export function dailyAt(hours: number, minutes = 0): Slots {
  const intoDayMs = (hours * 60 + minutes) * MINUTE_MS;
  return (nowMs, utcOffsetMinutes) => {
    const local = nowMs + utcOffsetMinutes * MINUTE_MS - intoDayMs;
    return local - (local % DAY_MS) + intoDayMs - utcOffsetMinutes * MINUTE_MS;
  };
}
