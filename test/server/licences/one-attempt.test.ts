import { activateByHand } from '../../../server/licences/activate-by-hand';
import { ensureActivation } from '../../../server/licences/activate';
import { onAutoActivate } from '../../../server/licences/apply-event';
import { RETRY_AFTER_MS } from '../../../server/licences/attempt-times';
import { ACTIVATION } from '../../../server/licences/cause';
import { judgeVisit } from '../../../server/licences/gate';
import { licenceWorkEnds } from '../../../server/licences/process-memory';
import { refreshMemberSeats } from '../../../server/licences/refresh-member-seats';
import { claimActivation, listActivations } from '../../../server/store/activations';
import { fileRequest } from '../../../server/store/requests';
import { readHistory } from '../../support/ledger-on-record';
import { base, DAY_MS, NOW_MS, startLicenceRig, visitor, type LicenceRig } from '../../support/licence-rig';
import { CORP, type LicenceScript } from '../../support/licence-wecom';
import { waitFor } from '../../support/wait-for';

const SECONDS = NOW_MS / 1000;
const external = { capability: 'external_contact' } as const;
const fromWorkbench = visitor('alice', { entry: 'workbench' });
const BASE = 1;
const EXTERNAL = 2;
const CODE_OF: Record<number, string> = { [BASE]: 'b1', [EXTERNAL]: 'x1' };

let rig: LicenceRig;
afterEach(() => rig.stop());

/** A corp with one free account of each type. */
async function start(over: Partial<LicenceScript> = {}): Promise<LicenceRig> {
  const free = { status: 1, create_time: SECONDS - 86_400 };
  rig = await startLicenceRig({
    auto: { auto_active_status: 1 },
    orders: [{ order_id: 'o1', order_type: 1, order_status: 1, base: 2, codes: ['b1', 'x1'] }],
    codes: { b1: { type: BASE, ...free }, x1: { type: EXTERNAL, ...free } },
    ...over,
  });
  if (over.activate === undefined) rig.script.activate = bind;
  return rig;
}

/** What WeCom does when an account is bound. */
function bind(userId: string, type: number): object {
  const code = CODE_OF[type] ?? '';
  const expire_time = SECONDS + 372 * 86_400;
  Object.assign(rig.script.codes[code] ?? {}, { status: 2, userid: userId, expire_time });
  (rig.script.seats[userId] ??= []).push({ type, active_code: code, expire_time });
  return {};
}

const calls = () => rig.asked('active_account_by_type');
const attemptsOf = async () =>
  Object.fromEntries((await listActivations(rig.deps.store.db, CORP, 'alice')).map((row) => [row.type, row.state]));
const workEnds = () => Promise.all([licenceWorkEnds(rig.deps), licenceWorkEnds(rig.other)]);

describe('one attempt per member, whatever the type', () => {
  test('visits for both types on two instances at once use up one account', async () => {
    // A base account bound before the other visit claims would be another matter: it does not serve that one.
    let answer: () => void = () => undefined;
    const holds = { active_account_by_type: new Promise<void>((resolve) => (answer = resolve)) };
    const { deps, other } = await start({ holds });
    const patient = { deadlineMs: 10_000 };
    const visits = [
      judgeVisit(deps, visitor('alice'), { ...base, ...patient }),
      judgeVisit(other, visitor('alice'), { ...external, ...patient }),
    ];
    await Promise.all(visits);
    answer();
    await workEnds();
    expect(calls()).toBe(1);
  });

  test('a base visit waits for a running external-contact attempt, and is served by its seat', async () => {
    const { deps, other } = await start();
    expect((await judgeVisit(other, fromWorkbench, external)).verdict.reason).toBe('activating');
    expect((await judgeVisit(deps, fromWorkbench, base)).verdict.reason).toBe('activating');
    bind('alice', EXTERNAL);
    const told = { userId: 'alice', activeCode: 'x1', accountType: 'external_contact' } as const;
    const accounts = [{ ...told, expiresAtMs: NOW_MS + 372 * DAY_MS }];
    await onAutoActivate(other, { corpId: CORP, atMs: NOW_MS, accounts });
    await workEnds();
    deps.events.changed({ corpId: CORP, userId: 'alice' });
    expect((await judgeVisit(deps, fromWorkbench, base)).verdict.reason).toBe('seat_valid');
    expect(calls()).toBe(0);
  });

  test('an external-contact visit waits for a running base attempt, and begins once that has ended', async () => {
    const { deps, other } = await start();
    expect((await judgeVisit(deps, fromWorkbench, base)).verdict.reason).toBe('activating');
    expect((await judgeVisit(other, visitor('alice'), external)).verdict.reason).toBe('activating');
    expect(await attemptsOf()).toEqual({ [BASE]: 'running' });
    expect(calls()).toBe(0);
    bind('alice', BASE);
    await refreshMemberSeats(deps, CORP, 'alice');
    expect((await judgeVisit(other, visitor('alice'), external)).verdict.reason).toBe('seat_valid');
    expect(rig.script.seats['alice']).toHaveLength(2);
    await workEnds();
    expect(calls()).toBe(1);
  });

  test('a base seat does not end the attempt for an external-contact one', async () => {
    const { deps, other } = await start();
    bind('alice', BASE);
    expect((await judgeVisit(deps, fromWorkbench, external)).verdict.reason).toBe('activating');
    await refreshMemberSeats(other, CORP, 'alice');
    expect(await attemptsOf()).toEqual({ [EXTERNAL]: 'running' });
    bind('alice', EXTERNAL);
    await refreshMemberSeats(other, CORP, 'alice');
    expect(await attemptsOf()).toEqual({ [EXTERNAL]: 'done' });
  });

  test('a base account is bound at once although an external-contact one was just refused', async () => {
    const activate = (userId: string, type: number) => (type === EXTERNAL ? { errcode: 701087 } : bind(userId, type));
    const { deps } = await start({ activate });
    const refused = await judgeVisit(deps, visitor('alice'), external);
    expect(refused.verdict).toMatchObject({ outcome: 'block', reason: 'activation_failed' });
    expect((await judgeVisit(deps, visitor('alice'), base)).verdict.reason).toBe('seat_valid');
    rig.clock.advance(2000);
    expect((await judgeVisit(deps, visitor('alice'), external)).verdict.reason).toBe('activation_failed');
  });
});

test('an attempt that was taken over while it looked makes no call of its own', async () => {
  let look: () => void = () => undefined;
  let answer: () => void = () => undefined;
  const { deps, other } = await start({
    holds: { get_active_info_by_user: new Promise<void>((resolve) => (look = resolve)) },
  });
  const order = { corpId: CORP, userId: 'alice', type: 'base', entryActivates: false, mode: 'server' } as const;
  const slow = await ensureActivation(deps, { ...order, force: false, cause: ACTIVATION });
  await waitFor('the first look', () => rig.asked('get_active_info_by_user') === 1);
  rig.clock.advance(RETRY_AFTER_MS.hung);
  rig.script.holds = { active_account_by_type: new Promise<void>((resolve) => (answer = resolve)) };
  const next = await ensureActivation(other, { ...order, force: false, cause: ACTIVATION });
  await waitFor('the call', () => calls() === 1);
  look();
  await slow.settled;
  answer();
  await next.settled;
  expect([slow.begun, next.begun, calls()]).toEqual([true, true, 1]);
  expect(await attemptsOf()).toEqual({ [BASE]: 'done' });
});

test('an attempt begun by a clock hours ahead stands in no visit’s way', async () => {
  const { deps } = await start();
  rig.clock.advance(6 * 3_600_000);
  const order = { corpId: CORP, userId: 'alice', type: 'base', entryActivates: false, mode: 'server' } as const;
  rig.script.activate = () => ({ errcode: 701030 });
  await (
    await ensureActivation(deps, { ...order, force: false, cause: ACTIVATION })
  ).settled;
  expect(await attemptsOf()).toEqual({ [BASE]: 'failed' });
  rig.clock.advance(-6 * 3_600_000);
  rig.script.activate = bind;
  expect((await judgeVisit(deps, visitor('alice'), base)).verdict.outcome).toBe('allow');
  expect(await attemptsOf()).toEqual({ [BASE]: 'done' });
});

test('nor does one that such a clock has left running, be it seconds ahead', async () => {
  const { deps } = await start();
  await claimActivation(
    deps.store.db,
    {
      ...{ corp_id: CORP, user_id: 'alice', type: BASE, attempt_id: 'ahead', mode: 'server' },
      started_at_ms: NOW_MS + 20_000,
    },
    { hungBeforeMs: 0, failedBeforeMs: 0 },
  );
  expect((await judgeVisit(deps, visitor('alice'), base)).verdict.outcome).toBe('allow');
});

describe('activation by hand', () => {
  test('is told apart from one the gate began', async () => {
    const { deps } = await start();
    const causeOfSeat = async (userId: string) => {
      const entries = await readHistory(deps.store, CORP);
      return entries.find((entry) => entry.kind === 'seat_given' && entry.subject_id.startsWith(userId))?.cause;
    };
    expect(await activateByHand(deps, CORP, 'alice')).toEqual({ state: 'done', message: null });
    expect(await causeOfSeat('alice')).toBe('by_hand');
    rig.clock.advance(20_000);
    await judgeVisit(deps, visitor('bob'), external);
    await workEnds();
    expect(await causeOfSeat('bob')).toBe('activation');
  });

  test('of an external-contact account waits for a base attempt that is in the way', async () => {
    const { deps, other } = await start();
    const wish = { id: 'r1', corp_id: CORP, user_id: 'alice', reason: 'external_contact_needed' };
    await fileRequest(deps.store.db, { ...wish, asked_at_ms: NOW_MS, admins_asked: 1, settled_at_ms: null });
    expect((await judgeVisit(other, fromWorkbench, base)).verdict.reason).toBe('activating');
    const byHand = activateByHand(deps, CORP, 'alice');
    bind('alice', BASE);
    await refreshMemberSeats(other, CORP, 'alice');
    expect(await byHand).toEqual({ state: 'done', message: null });
    expect(rig.script.seats['alice']).toMatchObject([{ type: BASE }, { type: EXTERNAL }]);
  });
});
