import { ACTION_IDS, ACTIONS } from '../../domain/actions';
import { attemptRuns, entryActivates } from '../../domain/activation';
import { ENTRIES } from '../../domain/facts';
import { bannerCloses, showsBanner, showsSheet } from '../../domain/notice';
import { REASONS } from '../../domain/reasons';
import { decideVerdict } from '../../domain/verdict';
import { buildFacts, buildSeat, DAY, NOW } from './build-facts';

const trialWith = (days: number, administers = false) =>
  decideVerdict(buildFacts({ trialEndsAtMs: NOW + days * DAY, administers }), NOW);

describe('the banner', () => {
  test('tells members of a trial from 30 days on, administrators always', () => {
    expect([showsBanner(trialWith(31)), showsBanner(trialWith(30))]).toEqual([false, true]);
    expect(showsBanner(trialWith(89, true))).toBe(true);
  });

  test('comes with every warning and with nothing else', () => {
    expect(showsBanner(trialWith(7))).toBe(true);
    expect(showsBanner(decideVerdict(buildFacts({ seat: [buildSeat()] }), NOW))).toBe(false);
    expect(showsBanner(decideVerdict(buildFacts(), NOW))).toBe(false);
  });

  test('closes for the day until the last three days, and not while facts are stale', () => {
    expect([bannerCloses(trialWith(4)), bannerCloses(trialWith(3))]).toEqual([true, false]);
    expect(bannerCloses({ reason: 'stale_facts', daysLeft: null })).toBe(false);
  });
});

test('the sheet belongs to the two ends and to nothing else', () => {
  const withSheet = REASONS.filter((reason) => showsSheet({ reason }));
  expect(withSheet).toEqual(['seat_expiring', 'trial_ending']);
});

describe('who activates', () => {
  test('WeCom does for the workbench and a card, not for a code, a link or the web', () => {
    expect(ENTRIES.filter((entry) => entryActivates(entry, false))).toEqual(['workbench', 'card']);
  });

  test('WeCom does for every entry whose login named the agent', () => {
    expect(ENTRIES.filter((entry) => entryActivates(entry, true))).toEqual([...ENTRIES]);
  });

  test('a failed attempt does not run, however young', () => {
    const attempt = { state: 'running', startedAtMs: NOW, message: null } as const;
    expect(attemptRuns(attempt, NOW)).toBe(true);
    expect(attemptRuns({ ...attempt, state: 'failed' }, NOW)).toBe(false);
    expect(attemptRuns(null, NOW)).toBe(false);
  });
});

describe('actions', () => {
  test('every refusal leaves both a member and an administrator something to do', () => {
    const refusals = REASONS.filter((reason) =>
      /^(?!outsider|checking|seat_valid|trial$|trial_e|seat_expiring|stale|activating)/.test(reason),
    );
    for (const reason of refusals) {
      expect([reason, ACTIONS[reason].member.length > 0, ACTIONS[reason].admin.length > 0]).toEqual([
        reason,
        true,
        true,
      ]);
    }
  });

  test('every action is somebody’s', () => {
    const used = new Set(Object.values(ACTIONS).flatMap(({ member, admin }) => [...member, ...admin]));
    expect(used).toEqual(new Set(ACTION_IDS));
  });

  test('a member is never offered what only an administrator can do', () => {
    const ofAdmins = ['activate_now', 'enable_auto_activation', 'buy_seats', 'assign_seat', 'see_orders', 'see_status'];
    const ofMembers = Object.values(ACTIONS).flatMap(({ member }) => member);
    expect(ofMembers.filter((id) => ofAdmins.includes(id))).toEqual([]);
  });
});
