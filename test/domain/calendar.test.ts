import fc from 'fast-check';
import { daysLeft, DAY_MS, SHANGHAI_OFFSET_MINUTES, windowOpensAtMs } from '../../domain/calendar';
import { DAY, NOW, shanghai } from './build-facts';

const left = (now: string, end: string) => daysLeft(shanghai(now), shanghai(end), SHANGHAI_OFFSET_MINUTES);

test.each([
  ['the end of the same day', '2026-11-21 00:00:00', '2026-11-21 23:59:59', 0],
  ['a second over midnight', '2026-11-21 23:59:59', '2026-11-22 00:00:00', 1],
  ['exactly midnight, told at midnight', '2026-11-22 00:00:00', '2026-11-22 00:00:00', 0],
  ['across a month and a year', '2026-12-31 12:00:00', '2027-01-01 12:00:00', 1],
  ['a leap day', '2028-02-28 12:00:00', '2028-03-01 00:00:00', 2],
  ['an end that is past', '2026-11-22 00:00:00', '2026-11-20 00:00:00', 0],
])('midnights until %s', (_when, now, end, days) => expect(left(now, end)).toBe(days));

test('days are counted in Shanghai, wherever the server stands', () => {
  const utcSameDay = [Date.parse('2026-11-21T10:00:00Z'), Date.parse('2026-11-21T20:00:00Z')] as const;
  expect(daysLeft(...utcSameDay, SHANGHAI_OFFSET_MINUTES)).toBe(1);
  expect(daysLeft(...utcSameDay, 0)).toBe(0);
});

test('a window opens at the first moment whose days left fit, never later', () => {
  const offsets = fc.constantFrom(480, 0, -570, 345);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * DAY }), fc.nat(30), offsets, (ahead, days, offset) => {
      const opens = windowOpensAtMs(NOW + ahead, days, offset);
      expect(daysLeft(opens, NOW + ahead, offset)).toBe(days);
      expect(daysLeft(opens - 1, NOW + ahead, offset)).toBe(days + 1);
      expect((opens + offset * 60_000) % DAY_MS).toBe(0);
    }),
  );
});
