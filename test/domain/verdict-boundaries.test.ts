import { decideVerdict } from '../../domain/verdict';
import {
  buildFacts,
  buildFreePool,
  buildPool,
  buildSeat,
  DAY,
  HOUR,
  NOW,
  SECOND,
  shanghai,
  type FactsPatch,
} from './build-facts';

type Boundary = readonly [window: string, facts: FactsPatch, turnsAtMs: number, before: string, from: string];

/** Ends in the middle of a day: a right ends at its second, its notice window at a midnight. */
const END = shanghai('2026-11-29 18:20:30');
/** Seven midnights lie between 11-22 and 11-29. */
const WINDOW = shanghai('2026-11-22 00:00:00');
const started = { state: 'running', startedAtMs: NOW, message: null } as const;
const silent = { reachable: false, trialEndsAtMs: NOW + 60 * DAY } as const;
const allowed = { atMs: NOW, reason: 'trial' } as const;
const held = [buildSeat({ expiresAtMs: END })];
const old = { reachable: false, confirmedAtMs: NOW - DAY };

const BOUNDARIES: readonly Boundary[] = [
  ['notice window of a seat', { seat: held }, WINDOW, 'seat_valid', 'seat_expiring'],
  ['end of a seat', { seat: held, base: buildPool({ total: 1 }) }, END, 'seat_expiring', 'seat_expired'],
  ['end of a seat while a trial runs', { seat: held, trialEndsAtMs: END + 60 * DAY }, END, 'seat_expiring', 'trial'],
  ['end of a seat, one account free', { seat: held, base: buildFreePool() }, END, 'seat_expiring', 'activating'],
  ['notice window of a trial', { trialEndsAtMs: END }, WINDOW, 'trial', 'trial_ending'],
  ['end of a trial', { trialEndsAtMs: END }, END, 'trial_ending', 'trial_over'],
  [
    'end of a trial with the check ahead',
    { trialEndsAtMs: END, checkFromMs: END + DAY },
    END,
    'trial_ending',
    'checking_off',
  ],
  ['begin of checking', { trialEndsAtMs: null, checkFromMs: END }, END, 'checking_off', 'trial_over'],
  [
    'time of an activation',
    { activation: started, base: buildFreePool() },
    NOW + 15 * SECOND,
    'activating',
    'activation_failed',
  ],
  [
    'activation deadline of a code',
    { base: buildPool({ free: 1, total: 1, freeUntilMs: END }) },
    END + 1,
    'activating',
    'codes_lapsed',
  ],
  ['freshness of facts, never allowed', silent, NOW + 300 * SECOND + 1, 'trial', 'facts_unavailable'],
  [
    'freshness of facts, allowed before',
    { ...silent, lastAllowed: allowed },
    NOW + 300 * SECOND + 1,
    'trial',
    'stale_facts',
  ],
  ['grace of the last entry', { ...silent, lastAllowed: allowed }, NOW + 24 * HOUR, 'stale_facts', 'facts_unavailable'],
  ['a held seat outlives the grace, not its end', { ...old, seat: held }, END, 'stale_facts', 'facts_unavailable'],
];

test.each(BOUNDARIES)('%s turns at its second', (_window, patch, turnsAtMs, before, from) => {
  const facts = buildFacts(patch);
  const judge = (atMs: number) => decideVerdict(facts, atMs).reason;
  expect([judge(turnsAtMs - SECOND), judge(turnsAtMs - 1)]).toEqual([before, before]);
  expect([judge(turnsAtMs), judge(turnsAtMs + SECOND)]).toEqual([from, from]);
});

test.each(BOUNDARIES)('%s is foretold to the millisecond', (_window, patch, turnsAtMs, _before, from) => {
  expect(decideVerdict(buildFacts(patch), turnsAtMs - SECOND).next).toEqual({ atMs: turnsAtMs, reason: from });
});

test('WARNING_DAYS moves the window by whole days', () => {
  const facts = buildFacts({ trialEndsAtMs: END, policy: { warningDays: 20 } });
  const opens = shanghai('2026-11-09 00:00:00');
  expect(decideVerdict(facts, opens - 1).reason).toBe('trial');
  expect(decideVerdict(facts, opens).reason).toBe('trial_ending');
});

test('STALE_GRACE_HOURS moves the end of the grace', () => {
  const facts = buildFacts({ ...silent, lastAllowed: allowed, policy: { graceMs: 2 * HOUR } });
  expect(decideVerdict(facts, NOW + 2 * HOUR - 1).reason).toBe('stale_facts');
  expect(decideVerdict(facts, NOW + 2 * HOUR).reason).toBe('facts_unavailable');
});

test('a record that refuses is not opened by the grace time', () => {
  const facts = buildFacts({
    reachable: false,
    confirmedAtMs: NOW - HOUR,
    lastAllowed: { atMs: NOW - HOUR, reason: 'trial' },
  });
  expect(decideVerdict(facts, NOW)).toMatchObject({ outcome: 'block', reason: 'facts_unavailable' });
});

test.each([
  ['today, in the last minute', '2026-11-21 23:59:59', 0],
  ['the first second of tomorrow', '2026-11-22 00:00:00', 1],
  ['in a week', '2026-11-28 10:00:00', 7],
  ['over', '2026-11-20 10:00:00', 0],
])('days left of a seat that ends %s', (_when, end, days) => {
  const seat = [buildSeat({ expiresAtMs: shanghai(end) })];
  expect(decideVerdict(buildFacts({ seat, base: buildPool({ total: 1 }) }), NOW).daysLeft).toBe(days);
});
