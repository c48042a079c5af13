import fc from 'fast-check';
import { decideVerdict } from '../../domain/verdict';
import { arbitraryFacts, laterBy } from './arbitrary-facts';
import { buildFacts, buildFreePool, buildPool, buildSeat, DAY, HOUR, NOW, type FactsPatch } from './build-facts';

const RUNS = { numRuns: 3000 };
const noReleases = arbitraryFacts.map((facts) => {
  const { base, external_contact } = facts.accounts.value;
  const value = { base: { ...base, freesAtMs: null }, external_contact: { ...external_contact, freesAtMs: null } };
  return { ...facts, accounts: { ...facts.accounts, value } };
});

test('the forecast is what judging at that moment says', () => {
  fc.assert(
    fc.property(noReleases, (facts) => {
      const { next, reason } = decideVerdict(facts, NOW);
      if (next === null) return;
      expect(next.atMs).toBeGreaterThan(NOW);
      expect(decideVerdict(facts, next.atMs).reason).toBe(next.reason);
      expect(next.reason).not.toBe(reason);
    }),
    RUNS,
  );
});

test('nothing changes before the forecast, and without one nothing changes at all', () => {
  fc.assert(
    fc.property(noReleases, laterBy, (facts, later) => {
      const { next, reason } = decideVerdict(facts, NOW);
      fc.pre(next === null || NOW + later < next.atMs);
      expect(decideVerdict(facts, NOW + later).reason).toBe(reason);
    }),
    RUNS,
  );
});

const tonight = NOW + 16 * HOUR;
const leaving = buildPool({ total: 3, freesAtMs: tonight });

test.each<[string, FactsPatch, string | null]>([
  ['is told to who waits for one', { base: leaving }, 'activating'],
  ['is told to whose own seat ended', { base: leaving, seat: [buildSeat({ expiresAtMs: NOW - 1 })] }, 'activating'],
  ['of the dearer kind serves base too', { base: buildPool({ total: 1 }), contact: leaving }, 'activating'],
  [
    'still needs an administrator when auto-activation is off',
    { base: leaving, autoActivation: false },
    'activation_off',
  ],
  [
    'still needs the workbench where only WeCom activates',
    { base: leaving, entry: 'qr', policy: { serverActivates: false } },
    'open_from_workbench',
  ],
  [
    'lifts the want of a contact account',
    { capability: 'external_contact', contact: leaving, seat: [buildSeat()] },
    'activating',
  ],
  [
    'of the cheaper kind lifts no such want',
    { capability: 'external_contact', base: leaving, seat: [buildSeat()] },
    null,
  ],
  ['changes nothing for who is out of range', { base: leaving, inRange: false }, null],
])('a seat freed tonight %s', (_what, patch, reason) => {
  expect(decideVerdict(buildFacts(patch), NOW).next).toEqual(reason && { atMs: tonight, reason });
});

test('a release already past is no forecast', () => {
  expect(decideVerdict(buildFacts({ base: { ...leaving, freesAtMs: NOW } }), NOW).next).toBeNull();
});

test('of two known changes the sooner is told', () => {
  const soon = buildFacts({ base: leaving, reachable: false, confirmedAtMs: NOW });
  expect(decideVerdict(soon, NOW).next?.reason).toBe('facts_unavailable');
  const sooner = buildFacts({ base: { ...leaving, freesAtMs: NOW + 1 }, reachable: false, confirmedAtMs: NOW });
  expect(decideVerdict(sooner, NOW).next).toEqual({ atMs: NOW + 1, reason: 'activating' });
});

test('a forecast looks over the change of notice to the first change of reason', () => {
  const facts = buildFacts({ trialEndsAtMs: NOW + 60 * DAY, base: buildFreePool() });
  expect(decideVerdict(facts, NOW).next?.reason).toBe('trial_ending');
  expect(decideVerdict(facts, NOW + 55 * DAY).next).toEqual({ atMs: NOW + 60 * DAY, reason: 'activating' });
});
