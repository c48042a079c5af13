import { backOffMs } from '../../../server/jobs/back-off';
import { pollIntervalMs } from '../../../server/jobs/poll-order';
import { dailyAt, everyMinutes } from '../../../server/jobs/slots';
import { isWorkday } from '../../../server/reminders/working-days';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const OFFSET = 480;
const SECOND = 1000;

describe('slots', () => {
  test.each([
    ['a second before the hour', '2026-11-24T09:59:59', '2026-11-24T09:50:00'],
    ['on the hour', '2026-11-24T10:00:00', '2026-11-24T10:00:00'],
    ['across midnight', '2026-11-25T00:00:01', '2026-11-25T00:00:00'],
  ])('every ten minutes: %s', (_when, now, slot) => expect(everyMinutes(10)(at(now), OFFSET)).toBe(at(slot)));

  test('ten past the half hour, and the one before until then', () => {
    const slots = everyMinutes(30, 10);
    expect(slots(at('2026-11-24T10:09:59'), OFFSET)).toBe(at('2026-11-24T09:40:00'));
    expect(slots(at('2026-11-24T10:10:00'), OFFSET)).toBe(at('2026-11-24T10:10:00'));
  });

  test('once a day by the local clock, not by UTC', () => {
    const nightly = dailyAt(1);
    expect(nightly(at('2026-11-24T00:59:59'), OFFSET)).toBe(at('2026-11-23T01:00:00'));
    expect(nightly(at('2026-11-24T01:00:00'), OFFSET)).toBe(at('2026-11-24T01:00:00'));
    expect(nightly(at('2026-11-24T23:59:59'), OFFSET)).toBe(at('2026-11-24T01:00:00'));
  });
});

test('waiting doubles up to a limit, and at least half of it is certain', () => {
  const policy = { firstMs: 1000, longestMs: 60_000 };
  expect([1, 2, 3, 6, 7, 40].map((attempt) => backOffMs(attempt, policy, 1))).toEqual([
    1000, 2000, 4000, 32_000, 60_000, 60_000,
  ]);
  expect(backOffMs(3, policy, 0)).toBe(2000);
});

test('an order is looked at often at first, seldom later, and not for ever', () => {
  const everyMs = [0, 3 * 60, 3600, 86_400, 3 * 86_400, 44 * 86_400].map((seconds) => pollIntervalMs(seconds * SECOND));
  expect(everyMs).toEqual([5, 30, 300, 1800, 21_600, 21_600].map((seconds) => seconds * SECOND));
  expect(pollIntervalMs(45 * 86_400 * SECOND)).toBeNull();
});

test.each([
  ['a Saturday', '2026-11-21', false],
  ['a Monday', '2026-11-23', true],
  ['the national holiday', '2026-10-01', false],
  ['a Saturday that makes up for it', '2026-10-10', true],
  ['a Sunday of a year whose holidays nobody knows', '2060-08-01', false],
  ['a Monday of that year', '2060-08-02', true],
])('%s', (_what, date, works) => expect(isWorkday(Date.parse(`${date}T00:00:00Z`) / 86_400_000)).toBe(works));
