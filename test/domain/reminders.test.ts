import fc from 'fast-check';
import { DAY_MS, localDay } from '../../domain/calendar';
import {
  decideReminders,
  isOfficeTime,
  REMINDER_STEPS,
  reminderKey,
  type Ending,
  type ReminderPolicy,
} from '../../domain/reminders';
import { DAY, HOUR, SECOND, shanghai } from './build-facts';

const OFFSET = 480;
const day = (date: string): number => localDay(shanghai(`${date} 12:00:00`), OFFSET);
/** Weekends, and the national holiday of 2026 with the Saturday that makes up for it. */
const weekdays = (n: number): boolean => new Date(n * DAY_MS).getUTCDay() % 6 !== 0;
const isWorkday = (n: number): boolean =>
  n === day('2026-10-10') || (weekdays(n) && (n < day('2026-10-01') || n > day('2026-10-07')));
const policy: ReminderPolicy = { utcOffsetMinutes: OFFSET, leadWorkingDays: 0, isWorkday };

const seats = (endsAt: string, count = 1): Ending => ({ kind: 'seats', endsAtMs: shanghai(endsAt), count });
const trial = (endsAt: string): Ending => ({ kind: 'trial', endsAtMs: shanghai(endsAt), count: 1 });
const stepsAt = (now: string, ending: Ending, over: Partial<ReminderPolicy> = {}, sent: string[] = []) =>
  decideReminders([ending], new Set(sent), shanghai(now), { ...policy, ...over }).map(({ step }) => step);

describe('the ladder', () => {
  // 2027-01-13 is a Wednesday: 30 days before is Monday, 7 Wednesday, 3 Sunday, 1 Tuesday.
  const END = '2027-01-13 18:20:00';
  test.each([
    ['a second before the day 30 days ahead', '2026-12-13 23:59:59', []],
    ['the first second of the day 30 days ahead', '2026-12-14 00:00:00', [30]],
    ['the last second of the day two before that', '2027-01-04 23:59:59', [30]],
    ['the day before, when two messages in two days would be one too many', '2027-01-05 00:00:00', [7]],
    ['the first second of the day 7 days ahead', '2027-01-06 00:00:00', [7]],
    ['the last second before the Friday that stands for Sunday', '2027-01-07 23:59:59', [7]],
    ['the Friday that stands for the Sunday 3 days ahead', '2027-01-08 00:00:00', [3]],
    ['the last second before the day ahead', '2027-01-11 23:59:59', [3]],
    ['the day ahead', '2027-01-12 00:00:00', [1]],
    ['the last second', '2027-01-13 18:19:59', [1]],
    ['the very end', '2027-01-13 18:20:00', []],
  ])('at %s', (_when, now, steps) => expect(stepsAt(now, trial(END))).toEqual(steps));

  test('a rung that was sent is not sent again, and the next one is', () => {
    const sent = (step: 30 | 7) => [reminderKey({ kind: 'trial', endDay: day('2027-01-13'), step })];
    expect(stepsAt('2026-12-14 10:00:00', trial(END), {}, sent(30))).toEqual([]);
    expect(stepsAt('2027-01-06 10:00:00', trial(END), {}, sent(30))).toEqual([7]);
    expect(stepsAt('2027-01-06 10:00:00', trial(END), {}, sent(7))).toEqual([]);
  });

  test('rungs that were missed are made up for by the most urgent one alone', () => {
    expect(stepsAt('2027-01-11 10:00:00', trial(END))).toEqual([3]);
  });

  test('a clock that goes back repeats nothing', () => {
    const sent = [reminderKey({ kind: 'trial', endDay: day('2027-01-13'), step: 3 })];
    expect(stepsAt('2026-12-20 10:00:00', trial(END), {}, sent)).toEqual([]);
  });

  test('the time an order takes moves every rung, over weekends and holidays', () => {
    const end = trial('2026-10-12 10:00:00');
    const [reminder] = decideReminders([end], new Set(), shanghai('2026-09-29 10:00:00'), {
      ...policy,
      leadWorkingDays: 3,
    });
    // Three working days before Monday the 12th: Saturday (made up for), Friday, Thursday the 8th.
    expect(reminder?.orderByDay).toBe(day('2026-10-08'));
    // The day before the 8th is a holiday, and so is the week before: the last working day is 30 September.
    expect(stepsAt('2026-09-29 23:59:59', end, { leadWorkingDays: 3 })).toEqual([7]);
    expect(stepsAt('2026-09-30 00:00:00', end, { leadWorkingDays: 3 })).toEqual([1]);
    expect(stepsAt('2026-09-30 00:00:00', end)).toEqual([7]);
  });
});

describe('several ends', () => {
  const at = (now: string, endings: readonly Ending[], sent: readonly string[] = []) =>
    decideReminders(endings, new Set(sent), shanghai(now), policy);

  test('seats that end on one day are one rung with their number and the first moment', () => {
    const endings = [seats('2027-01-13 09:00:00', 5), seats('2027-01-13 08:00:00', 7), seats('2027-01-14 00:00:00', 1)];
    expect(at('2027-01-06 10:00:00', endings)).toMatchObject([
      { kind: 'seats', count: 12, endsAtMs: shanghai('2027-01-13 08:00:00'), endDay: day('2027-01-13'), step: 7 },
      // Would follow tomorrow: taken along.
      { kind: 'seats', count: 1, step: 7 },
    ]);
  });

  test('what would follow soon goes along, but does not make a message of its own', () => {
    const later = seats('2027-01-19 09:00:00');
    expect(at('2026-12-14 10:00:00', [later])).toEqual([]);
    expect(at('2026-12-14 10:00:00', [trial('2027-01-13 09:00:00'), later])).toMatchObject([
      { kind: 'trial', step: 30 },
      { kind: 'seats', step: 30 },
    ]);
  });

  test('what has ended is left out of the count', () => {
    const endings = [seats('2027-01-13 09:00:00', 5), seats('2027-01-13 11:00:00', 7)];
    expect(at('2027-01-13 10:00:00', endings)).toMatchObject([{ count: 7, step: 1 }]);
  });

  test('every end is told on its way, each rung at most once, whatever the days of the week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31, max: 400 }), fc.nat(5), (aheadDays, leadWorkingDays) => {
        const startMs = shanghai('2026-07-01 10:00:00');
        const end: Ending = { kind: 'seats', endsAtMs: startMs + aheadDays * DAY, count: 1 };
        const sent = new Set<string>();
        for (let now = startMs; now < end.endsAtMs; now += DAY) {
          const given = { ...policy, leadWorkingDays };
          if (!isOfficeTime(now, given)) continue;
          for (const reminder of decideReminders([end], sent, now, given)) {
            expect(sent.has(reminderKey(reminder))).toBe(false);
            sent.add(reminderKey(reminder));
          }
        }
        const endDay = localDay(end.endsAtMs, OFFSET);
        expect(sent).toContain(reminderKey({ kind: 'seats', endDay, step: 1 }));
        expect(sent.size).toBeLessThanOrEqual(REMINDER_STEPS.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('office time', () => {
  const open = shanghai('2026-11-23 09:00:00');
  test.each([
    ['a second before nine', open - SECOND, false],
    ['nine', open, true],
    ['the last second before six', open + 9 * HOUR - SECOND, true],
    ['six', open + 9 * HOUR, false],
    ['a Saturday', open - 2 * DAY, false],
    ['a Saturday that makes up for a holiday', shanghai('2026-10-10 10:00:00'), true],
    ['a holiday on a Thursday', shanghai('2026-10-01 10:00:00'), false],
  ])('%s', (_when, now, expected) => expect(isOfficeTime(now, policy)).toBe(expected));
});
