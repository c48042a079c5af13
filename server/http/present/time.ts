import type { Config } from '../../config';

type Zone = Pick<Config, 'utcOffsetMinutes'>;

const MINUTE_MS = 60_000;

/** A moment in the business zone, read off its wall clock and calendar. */
export type LocalTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 24 hours, `18:20`. */
  readonly time: string;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment as ISO 8601 with the business zone's offset, to the second. */
export function presentTime(atMs: number, { utcOffsetMinutes }: Zone): string {
  const local = new Date(atMs + utcOffsetMinutes * MINUTE_MS).toISOString().slice(0, 19);
  const distance = Math.abs(utcOffsetMinutes);
  const sign = utcOffsetMinutes < 0 ? '-' : '+';
  return `${local}${sign}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/** What the calendar and the clock on the wall show at a moment. */
export function localTime(atMs: number, { utcOffsetMinutes }: Zone): LocalTime {
  const at = new Date(atMs + utcOffsetMinutes * MINUTE_MS);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`,
  };
}
