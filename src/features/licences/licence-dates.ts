import dayjs from 'dayjs';
import { dayOf } from '../../gate/local-time';
import type { LicenceWords } from './licence-words';

const MINUTE_MS = 60_000;

/** "11月26日" / "26 Nov", with the year when it is another one than now. */
export function dateText(iso: string, nowIso: string, lang: 'zh-CN' | 'en'): string {
  const day = dayjs(dayOf(iso));
  const sameYear = iso.slice(0, 4) === nowIso.slice(0, 4);
  if (lang === 'en') return day.format(sameYear ? 'D MMM' : 'D MMM YYYY');
  return day.format(sameYear ? 'M月D日' : 'YYYY年M月D日');
}

/** "2 分钟前": how old data is. */
export function ageText(iso: string, nowIso: string, words: LicenceWords): string {
  const minutes = Math.max(0, Math.floor(dayjs(nowIso).diff(dayjs(iso)) / MINUTE_MS));
  if (minutes < 1) return words.justNow;
  if (minutes < 60) return words.minutesAgo(minutes);
  return minutes < 48 * 60 ? words.hoursAgo(Math.floor(minutes / 60)) : words.daysAgo(Math.floor(minutes / (24 * 60)));
}

/** Local midnights from now to then; 0 is today. */
export function daysUntil(iso: string, nowIso: string): number {
  return Math.max(0, dayjs(dayOf(iso)).diff(dayjs(dayOf(nowIso)), 'day'));
}

type MonthBar = { readonly month: string; readonly seats: number };

/** A year of 372 days, begun on any day of this month, ends within them. */
const MONTHS = 14;

/** The next 14 months, from this one on; months in which nothing ends are there with 0. */
export function nextMonths(endsByMonth: readonly MonthBar[], nowIso: string): MonthBar[] {
  const start = dayjs(dayOf(nowIso)).startOf('month');
  const known = new Map(endsByMonth.map(({ month, seats }) => [month, seats]));
  return Array.from({ length: MONTHS }, (_, index) => {
    const month = start.add(index, 'month').format('YYYY-MM');
    return { month, seats: known.get(month) ?? 0 };
  });
}
