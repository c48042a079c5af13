import {
  accountsTotal,
  activationDeadlineMs,
  expiredSeat,
  freeAccountType,
  lapsedAtMs,
  liveSeat,
  movedSeat,
  seatEndMs,
} from '../../domain/seats';
import { checkingIsOff, trialEndMs, trialRuns } from '../../domain/trial';
import { buildFreePool, buildPool, buildSeat, DAY, NOW, shanghai } from './build-facts';

describe('arithmetic of what was bought', () => {
  const bound = shanghai('2026-03-01 10:20:30');

  test.each([
    ['a year is twelve months of 31 days', { months: 12, days: 0 }, '2027-03-08 10:20:30'],
    ['a month is 31 days, also in February', { months: 1, days: 0 }, '2026-04-01 10:20:30'],
    ['days come on top', { months: 1, days: 5 }, '2026-04-06 10:20:30'],
    ['days alone', { months: 0, days: 31 }, '2026-04-01 10:20:30'],
  ])('%s', (_rule, bought, end) => expect(seatEndMs(bound, bought)).toBe(shanghai(end)));

  test('a code may be activated for 365 days', () => {
    expect(activationDeadlineMs(bound)).toBe(shanghai('2027-03-01 10:20:30'));
  });

  test('a trial runs 90 days to the second', () => {
    expect(trialEndMs(bound)).toBe(shanghai('2026-05-30 10:20:30'));
    const trial = { startsAtMs: bound, endsAtMs: trialEndMs(bound) };
    const licence = { checking: true, trial, checkFromMs: null };
    expect(trialRuns(licence, trial.endsAtMs - 1)).toBe(true);
    expect(trialRuns(licence, trial.endsAtMs)).toBe(false);
  });
});

describe('checking', () => {
  test('is off while its moment is ahead, on from that second', () => {
    const licence = { checking: true, trial: null, checkFromMs: NOW };
    expect([checkingIsOff(licence, NOW - 1), checkingIsOff(licence, NOW)]).toEqual([true, false]);
  });

  test('is off for a corp that WeCom does not check, even past that moment', () => {
    const licence = { checking: false, trial: null, checkFromMs: NOW - DAY };
    expect([checkingIsOff(licence, NOW), checkingIsOff({ ...licence, checking: true }, NOW)]).toEqual([true, false]);
  });
});

describe('which seat counts', () => {
  const contact = buildSeat({ type: 'external_contact', expiresAtMs: NOW + DAY });
  const base = buildSeat({ expiresAtMs: NOW + 2 * DAY });

  test('a base seat never serves contact, a contact seat serves both', () => {
    expect(liveSeat([base], 'external_contact', NOW)).toBeNull();
    expect(liveSeat([base, contact], 'external_contact', NOW)).toBe(contact);
    expect(liveSeat([contact], 'base', NOW)).toBe(contact);
  });

  test('the one that lasts longest', () => expect(liveSeat([contact, base], 'base', NOW)).toBe(base));

  test('a seat is live before its second and expired from it', () => {
    const at = base.expiresAtMs;
    expect([liveSeat([base], 'base', at - 1), expiredSeat([base], 'base', at - 1)]).toEqual([base, null]);
    expect([liveSeat([base], 'base', at), expiredSeat([base], 'base', at)]).toEqual([null, base]);
  });

  test('a seat handed on is neither live nor expired, only moved', () => {
    const moved = buildSeat({ movedAtMs: NOW - DAY });
    const later = moved.expiresAtMs + 1;
    expect([liveSeat([moved], 'base', NOW), expiredSeat([moved], 'base', later)]).toEqual([null, null]);
    expect(movedSeat([moved], 'base')).toBe(moved);
    expect(movedSeat([base], 'base')).toBeNull();
  });
});

describe('which account is free', () => {
  const none = buildPool({ total: 2 });
  const free = buildFreePool();

  test('the cheaper kind first, the dearer one in its place, none for want of both', () => {
    expect(freeAccountType({ base: free, external_contact: free }, 'base', NOW)).toBe('base');
    expect(freeAccountType({ base: none, external_contact: free }, 'base', NOW)).toBe('external_contact');
    expect(freeAccountType({ base: free, external_contact: none }, 'external_contact', NOW)).toBeNull();
  });

  test('a count is not believed past the deadline of what it counted', () => {
    const accounts = { base: buildPool({ free: 3, freeUntilMs: NOW, total: 3 }), external_contact: none };
    expect(freeAccountType(accounts, 'base', NOW)).toBe('base');
    expect(lapsedAtMs(accounts, 'base', NOW)).toBeNull();
    expect(freeAccountType(accounts, 'base', NOW + 1)).toBeNull();
    expect(lapsedAtMs(accounts, 'base', NOW + 1)).toBe(NOW);
  });

  test('of several lapses the latest is told, of the serving kinds only', () => {
    const accounts = {
      base: buildPool({ lapsedAtMs: NOW - 2 * DAY }),
      external_contact: buildPool({ lapsedAtMs: NOW - 3 * DAY }),
    };
    expect(lapsedAtMs(accounts, 'base', NOW)).toBe(NOW - 2 * DAY);
    expect(lapsedAtMs(accounts, 'external_contact', NOW)).toBe(NOW - 3 * DAY);
  });

  test('the total counts the serving kinds', () => {
    const accounts = { base: buildPool({ total: 3 }), external_contact: buildPool({ total: 4 }) };
    expect([accountsTotal(accounts, 'base'), accountsTotal(accounts, 'external_contact')]).toEqual([7, 4]);
  });
});
