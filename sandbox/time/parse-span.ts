import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock';

const UNITS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  y: 365 * DAY_MS,
};

/** Reads "7d", "3h", "10m", "90s", "2w", "1y" (365 days) as milliseconds; null when it is none of these. */
export function parseSpan(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([smhdwy])$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ''];
  return match?.[1] === undefined || unit === undefined ? null : Math.round(Number(match[1]) * unit);
}
