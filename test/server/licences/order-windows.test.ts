import { LONG_AGO_MS, leavesPast, windowsInHaste, windowsSince } from '../../../server/licences/list-order-ids';

const DAY = 86_400_000;
const NOW = Date.parse('2035-01-01T00:00:00Z');
const span = (windows: readonly (readonly [number, number])[]) =>
  ((windows.at(-1)?.[1] ?? 0) - (windows[0]?.[0] ?? 0)) / DAY;

test('a first reading goes back as far as an account can still be alive: bought late, activated last, for five years', () => {
  expect(span(windowsSince(0, true, NOW))).toBe(365 + 1860);
  expect(span(windowsSince(LONG_AGO_MS, true, NOW))).toBe(365 + 1860);
  expect(span(windowsSince(0, false, NOW))).toBe(31);
});

test('it does not go back to before licences were sold', () => {
  const [first] = windowsSince(0, true, Date.parse('2026-11-26T00:00:00Z'));
  expect(new Date(first?.[0] ?? 0).toISOString()).toBe('2022-01-01T00:00:00.000Z');
});

test('a later reading goes back to where the last one ended, however long ago', () => {
  expect(span(windowsSince(NOW - 4000 * DAY, true, NOW))).toBe(4031);
  // A clock that was set back.
  expect(span(windowsSince(NOW + DAY, true, NOW))).toBe(31);
});

test('windows join without a gap, and none is longer than a call may ask for', () => {
  const windows = windowsSince(0, true, NOW);
  for (const [nth, [from, to]] of windows.entries()) {
    expect(to - from).toBeLessThanOrEqual(31 * DAY);
    if (nth > 0) expect(from).toBe(windows[nth - 1]?.[1]);
  }
});

test('who waits has only those read that may hold free accounts, unless all was read before', () => {
  expect(span(windowsInHaste(0, true, NOW))).toBe(365 + 31);
  expect([leavesPast(0, true), leavesPast(LONG_AGO_MS, true)]).toEqual([true, true]);
  expect(windowsInHaste(NOW - DAY, true, NOW)).toEqual(windowsSince(NOW - DAY, true, NOW));
  expect([leavesPast(NOW - DAY, true), leavesPast(0, false)]).toEqual([false, false]);
});
