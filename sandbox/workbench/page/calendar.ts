const DAY = 86_400_000;
/** WeCom counts days in China, which has had no summer time since 1991. */
const UTC_OFFSET = 8 * 3_600_000;

const dayNumber = (ms: number): number => Math.floor((ms + UTC_OFFSET) / DAY);

/** Local midnights between now and the end: 0 is today, negative is past. */
export function daysUntil(nowMs: number, endMs: number): number {
  return dayNumber(endMs) - dayNumber(nowMs);
}

/** The first moment at which at most `days` are left until the end (ms): a local midnight. */
export function windowStart(endMs: number, days: number): number {
  return (dayNumber(endMs) - days) * DAY - UTC_OFFSET;
}

type Parts = Record<'year' | 'month' | 'day' | 'weekday' | 'hour' | 'minute' | 'second', string>;

const formats = {
  zh: new Intl.DateTimeFormat('zh-CN', partsOf('short')),
  en: new Intl.DateTimeFormat('en-GB', partsOf('short')),
};

function partsOf(weekday: 'short'): Intl.DateTimeFormatOptions {
  return {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  };
}

function parts(ms: number): Parts {
  return Object.fromEntries(formats.zh.formatToParts(ms).map((part) => [part.type, part.value])) as Parts;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** 「11月26日」 or "26 Nov"; with the year when it is not the current one. */
export function formatDay(ms: number, nowMs: number, lang: 'zh' | 'en'): string {
  const { year, month, day } = parts(ms);
  const sameYear = year === parts(nowMs).year;
  if (lang === 'zh') return `${sameYear ? '' : `${year}年`}${month}月${day}日`;
  return `${day} ${MONTHS[Number(month) - 1]}${sameYear ? '' : ` ${year}`}`;
}

export function formatTime(ms: number): string {
  const { hour, minute } = parts(ms);
  return `${hour}:${minute}`;
}

/** The big clock: day with its year and weekday, and the time to the second. */
export function formatClock(ms: number, lang: 'zh' | 'en'): { day: string; time: string } {
  const { year, month, day, weekday, hour, minute, second } = parts(ms);
  const enWeekday = formats.en.formatToParts(ms).find((part) => part.type === 'weekday')?.value ?? '';
  return {
    day:
      lang === 'zh'
        ? `${year}年${month}月${day}日 ${weekday}`
        : `${enWeekday} ${day} ${MONTHS[Number(month) - 1]} ${year}`,
    time: `${hour}:${minute}:${second}`,
  };
}
