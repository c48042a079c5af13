import { DAY_MS } from '../../../domain/calendar';
import type { Say } from '../../words';
import { localTime } from './time';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How a language says moments and spans, seen from one moment in one zone. */
export type Phrases = {
  /** 「11月26日」, with the year when it is not this year's. */
  readonly date: (atMs: number) => string;
  /** 「11月26日 18:20」. */
  readonly moment: (atMs: number) => string;
  /** 「18:20」. */
  readonly time: (atMs: number) => string;
  /** 「5 分钟」; a span below a minute counts as one. */
  readonly span: (ms: number) => string;
  /** 「刚刚」 or 「5 分钟前」. */
  readonly ago: (ms: number) => string;
};

/** The phrases of a language. */
export function createPhrases(say: Say, nowMs: number, zone: { readonly utcOffsetMinutes: number }): Phrases {
  const thisYear = localTime(nowMs, zone).year;
  const date = (atMs: number) => {
    const { day, month, year } = localTime(atMs, zone);
    return year === thisYear ? say('date.day', { month, day }) : say('date.day_year', { year, month, day });
  };
  const time = (atMs: number) => localTime(atMs, zone).time;
  const span = (ms: number) => {
    if (ms >= 2 * DAY_MS) return say('age.days', { n: Math.floor(ms / DAY_MS) });
    if (ms >= HOUR_MS) return say('age.hours', { n: Math.floor(ms / HOUR_MS) });
    return say('age.minutes', { n: Math.max(1, Math.floor(ms / MINUTE_MS)) });
  };
  return {
    date,
    time,
    span,
    moment: (atMs) => say('date.moment', { date: date(atMs), time: time(atMs) }),
    ago: (ms) => (ms < MINUTE_MS ? say('age.now') : say('age.ago', { age: span(ms) })),
  };
}
