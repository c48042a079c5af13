import { REASONS } from '../../domain/reasons';
import { decideVerdict } from '../../domain/verdict';
import { buildFacts, buildFreePool, buildPool, buildSeat, DAY, NOW, SECOND, type FactsPatch } from './build-facts';

type Row = readonly [rule: string, facts: FactsPatch, outcome: string, reason: string, untilMs?: number];

const used = buildPool({ total: 5 });
const running = { state: 'running', startedAtMs: NOW - 5 * SECOND, message: null } as const;
const failed = { state: 'failed', startedAtMs: NOW - 5 * SECOND, message: 'x' } as const;
const moved = buildSeat({ movedAtMs: NOW - DAY });
const expired = buildSeat({ expiresAtMs: NOW - DAY });
const contactNeed = { capability: 'external_contact' } as const;
const quietEntry = { entry: 'qr', policy: { serverActivates: false } } as const;

/** Every row, with the rows it must beat also true where they can be. */
const ROWS: readonly Row[] = [
  ['1 an outsider is free, whatever the corp', { visitor: 'outsider', installed: false }, 'allow', 'outsider_free'],
  ['nobody in particular gets nothing', { visitor: 'nobody', checking: false }, 'block', 'facts_unavailable'],
  [
    '2 the app is not installed',
    { installed: false, inRange: false, seat: [buildSeat()] },
    'block',
    'app_not_installed',
  ],
  ['3 known to be outside the range', { inRange: false, checking: false }, 'block', 'out_of_range'],
  ['3 range unknown refuses nobody', { inRange: null, checking: false }, 'allow', 'checking_off'],
  ['4 checking is off', { checking: false, seat: [expired] }, 'allow', 'checking_off'],
  ['4 the check is ahead, no trial', { checkFromMs: NOW + 1, trialEndsAtMs: null }, 'allow', 'checking_off', NOW + 1],
  ['4 the check is ahead, the trial is over', { checkFromMs: NOW + DAY }, 'allow', 'checking_off', NOW + DAY],
  [
    '7 the check is ahead, but a trial runs',
    { checkFromMs: NOW + DAY, trialEndsAtMs: NOW + 60 * DAY },
    'allow',
    'trial',
    NOW + 60 * DAY,
  ],
  ['5 a seat in date', { seat: [buildSeat()] }, 'allow', 'seat_valid', NOW + 100 * DAY],
  ['5 beats a trial', { seat: [buildSeat()], trialEndsAtMs: NOW + DAY }, 'allow', 'seat_valid', NOW + 100 * DAY],
  [
    '5 a contact seat satisfies base',
    { seat: [buildSeat({ type: 'external_contact' })] },
    'allow',
    'seat_valid',
    NOW + 100 * DAY,
  ],
  [
    '5 the longer of two seats carries',
    { seat: [buildSeat({ expiresAtMs: NOW + DAY }), buildSeat({ type: 'external_contact' })] },
    'allow',
    'seat_valid',
    NOW + 100 * DAY,
  ],
  [
    '6 a seat about to end',
    { seat: [buildSeat({ expiresAtMs: NOW + 7 * DAY })] },
    'warn',
    'seat_expiring',
    NOW + 7 * DAY,
  ],
  [
    '7 a trial with time left',
    { trialEndsAtMs: NOW + 8 * DAY, base: used, seat: [expired] },
    'allow',
    'trial',
    NOW + 8 * DAY,
  ],
  [
    '8 a trial about to end',
    { trialEndsAtMs: NOW + 7 * DAY, base: buildFreePool() },
    'warn',
    'trial_ending',
    NOW + 7 * DAY,
  ],
  ['9 an activation runs', { activation: running, base: buildFreePool(), autoActivation: false }, 'wait', 'activating'],
  ['9 a free account, nobody tried yet', { base: buildFreePool() }, 'wait', 'activating'],
  ['9 a free contact account serves base', { contact: buildFreePool() }, 'wait', 'activating'],
  [
    '9 a base member, contact asked, one free',
    { ...contactNeed, seat: [buildSeat()], contact: buildFreePool() },
    'wait',
    'activating',
  ],
  [
    '10 a base seat does not serve contact',
    { ...contactNeed, seat: [buildSeat()], base: buildFreePool() },
    'block',
    'external_contact_needed',
  ],
  ['10 nor do base accounts', { ...contactNeed, base: used }, 'block', 'external_contact_needed'],
  ['11 a scanned code does not activate', { ...quietEntry, base: buildFreePool() }, 'block', 'open_from_workbench'],
  [
    '11 unless the login named the agent',
    { ...quietEntry, loginNamedAgent: true, base: buildFreePool() },
    'wait',
    'activating',
  ],
  ['11 unless the server may activate', { entry: 'qr', base: buildFreePool() }, 'wait', 'activating'],
  [
    '11 a card in the conversation activates',
    { ...quietEntry, entry: 'card', base: buildFreePool() },
    'wait',
    'activating',
  ],
  [
    '12 auto-activation is off',
    { autoActivation: false, base: buildFreePool(), seat: [expired] },
    'block',
    'activation_off',
  ],
  [
    '12 also for a scanned code',
    { ...quietEntry, autoActivation: false, base: buildFreePool() },
    'block',
    'activation_off',
  ],
  ['13 the attempt failed', { activation: failed, base: buildFreePool() }, 'block', 'activation_failed'],
  [
    '13 the attempt timed out',
    { activation: { ...running, startedAtMs: NOW - 15 * SECOND }, base: buildFreePool() },
    'block',
    'activation_failed',
  ],
  [
    '14 codes are being made',
    { base: buildPool({ generating: true }), seat: [moved, expired] },
    'block',
    'codes_generating',
  ],
  [
    '14 a base order makes no contact seat',
    { ...contactNeed, base: buildPool({ generating: true }) },
    'block',
    'trial_over',
    NOW - 10 * DAY,
  ],
  ['15 the seat was handed on', { seat: [moved, expired], base: used }, 'block', 'seat_moved', NOW - DAY],
  [
    '16 the seat expired',
    { seat: [expired], base: buildPool({ total: 5, lapsedAtMs: NOW - 2 * DAY }) },
    'block',
    'seat_expired',
    NOW - DAY,
  ],
  [
    '17 the codes lapsed',
    { base: buildPool({ total: 5, lapsedAtMs: NOW - 2 * DAY }) },
    'block',
    'codes_lapsed',
    NOW - 2 * DAY,
  ],
  [
    '17 lapsed since it was counted',
    { base: buildPool({ total: 5, free: 1, freeUntilMs: NOW - 1 }) },
    'block',
    'codes_lapsed',
    NOW - 1,
  ],
  ['18 all bound to others', { base: used }, 'block', 'no_free_seat'],
  ['19 nothing bought and the trial is over', {}, 'block', 'trial_over', NOW - 10 * DAY],
  ['19 nothing bought and no trial', { trialEndsAtMs: null, checkFromMs: NOW - DAY }, 'block', 'trial_over', NOW - DAY],
  [
    '– silent, entry on record, within the grace',
    {
      reachable: false,
      confirmedAtMs: NOW - DAY / 2,
      trialEndsAtMs: NOW + DAY,
      lastAllowed: { atMs: NOW - DAY / 2, reason: 'trial' },
    },
    'warn',
    'stale_facts',
  ],
  [
    '– silent, no verdict to lean on',
    { reachable: false, confirmedAtMs: NOW - DAY / 2, trialEndsAtMs: NOW + DAY },
    'block',
    'facts_unavailable',
  ],
];

const cases = ROWS.map(([rule, patch, outcome, reason, untilMs = null]) => ({ rule, patch, outcome, reason, untilMs }));

test.each(cases)('$rule', ({ patch, outcome, reason, untilMs }) => {
  expect(decideVerdict(buildFacts(patch), NOW)).toMatchObject({ outcome, reason, untilMs });
});

test('every reason has its row', () => {
  expect(new Set(ROWS.map(([, , , reason]) => reason))).toEqual(new Set(REASONS));
});

test.each(REASONS)('%s: an administrator gets the same reason, told as an administrator', (reason) => {
  for (const [, patch] of ROWS.filter((row) => row[3] === reason)) {
    const [member, admin] = [false, true].map((administers) =>
      decideVerdict(buildFacts({ ...patch, administers }), NOW),
    );
    expect(admin).toMatchObject({ outcome: member?.outcome, reason, audience: 'admin' });
    expect(member?.audience).toBe('member');
  }
});
