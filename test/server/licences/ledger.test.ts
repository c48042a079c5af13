import {
  onLicencePaid,
  onMemberChanged,
  onRangeChanged,
  onRefund,
  onStructureChanged,
  onUnlicensed,
} from '../../../server/licences/apply-event';
import { judgeVisit } from '../../../server/licences/gate';
import { readPools } from '../../../server/licences/account-pools';
import { refreshLedger } from '../../../server/licences/refresh-ledger';
import { listCodes } from '../../../server/store/activation-codes';
import { findCorpLicence, saveCorpLicence } from '../../../server/store/corp-licences';
import { listJobs } from '../../../server/store/job-overview';
import { listSeatsOfMember } from '../../../server/store/seats';
import {
  base,
  bindNext,
  DAY_MS,
  freeCodes,
  NOW_MS,
  startLicenceRig,
  visitor,
  type LicenceRig,
} from '../../support/licence-rig';
import { CORP, type LicenceScript } from '../../support/licence-wecom';

const SECONDS = NOW_MS / 1000;
let rig: LicenceRig;

async function start(over: Partial<LicenceScript> = {}): Promise<LicenceRig> {
  rig = await startLicenceRig({ auto: { auto_active_status: 0 }, ...over });
  return rig;
}

const reasonOf = async (userId: string) => (await judgeVisit(rig.deps, visitor(userId), base)).verdict.reason;
const pools = () => readPools(rig.deps.store.db, CORP, rig.clock.now(), 480);

afterEach(() => rig.stop());

describe('the ledger', () => {
  test('codes are free until their deadline, then lapsed', async () => {
    const { clock } = await start({ ...freeCodes(2), auto: { auto_active_status: 0 } });
    expect(await reasonOf('bob')).toBe('activation_off');
    expect(await pools()).toMatchObject({ base: { free: 2, total: 2, lapsedAtMs: null } });
    clock.advance(364 * DAY_MS - 1000);
    expect(await reasonOf('bob')).toBe('activation_off');
    clock.advance(2000);
    expect(await reasonOf('bob')).toBe('codes_lapsed');
    expect(await pools()).toMatchObject({ base: { free: 0, lapsedAtMs: NOW_MS + 364 * DAY_MS } });
  });

  test('all bound to others is none free', async () => {
    const { script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    expect(await reasonOf('bob')).toBe('no_free_seat');
  });

  test('a paid order without its codes is being made, and done when they are there', async () => {
    const bought = freeCodes(2);
    const [order] = bought.orders;
    const { clock, script } = await start({
      ...bought,
      orders: [{ ...order!, codes: 'generating' }],
      auto: { auto_active_status: 0 },
    });
    expect(await reasonOf('bob')).toBe('codes_generating');
    script.orders = bought.orders;
    clock.advance(15_000);
    expect(await reasonOf('bob')).toBe('activation_off');
  });

  test('an unpaid order gives nothing, and shows as soon as its payment is heard of', async () => {
    const bought = freeCodes(1);
    const [order] = bought.orders;
    const unpaid = { ...order!, order_status: 0, codes: [] };
    const { deps, script } = await start({ ...bought, orders: [unpaid], auto: { errcode: 701071 } });
    expect(await reasonOf('bob')).toBe('trial_over');
    script.orders = bought.orders;
    script.auto = { auto_active_status: 0 };
    await onLicencePaid(deps, CORP, 'order-1');
    expect(await reasonOf('bob')).toBe('activation_off');
    await onLicencePaid(deps, CORP, 'order-1');
    expect(await pools()).toMatchObject({ base: { free: 1, total: 1 } });
  });

  test.each([5, 7])('codes of an order in state %i (refunded, void) do not count', async (state) => {
    const { deps, script } = await start({ ...freeCodes(2), auto: { auto_active_status: 0 } });
    expect(await reasonOf('bob')).toBe('activation_off');
    script.orders = script.orders.map((order) => ({ ...order, order_status: state }));
    await onRefund(deps, CORP, 'order-1');
    expect(await pools()).toMatchObject({ base: { free: 0, total: 0 } });
    expect(await reasonOf('bob')).toBe('trial_over');
  });

  test('merged codes do not count', async () => {
    const { script } = await start({ ...freeCodes(3), auto: { auto_active_status: 0 } });
    Object.assign(script.codes['code-0']!, { status: 5 });
    await reasonOf('bob');
    expect(await pools()).toMatchObject({ base: { free: 2, total: 2 } });
  });

  test('an order of another corp brings nothing here', async () => {
    const { deps } = await start(freeCodes(1));
    await refreshLedger(deps, 'wpAnotherCorp', { orderId: 'order-1' });
    expect(await listCodes(deps.store.db, 'wpAnotherCorp')).toEqual([]);
  });

  test('a second reading asks only for what is new and writes only what differs', async () => {
    const { asked, clock, deps } = await start(freeCodes(3));
    await refreshLedger(deps, CORP);
    // A reconciliation has read what lies further back.
    await saveCorpLicence(deps.store.db, CORP, { orders_read_to_ms: clock.now() });
    const calls = asked('list_order');
    const before = await listCodes(deps.store.db, CORP);
    clock.advance(60_000);
    await refreshLedger(deps, CORP);
    expect(asked('list_order') - calls).toBe(2);
    expect(asked('get_order')).toBe(1);
    expect(asked('list_order_account')).toBe(1);
    expect(await listCodes(deps.store.db, CORP)).toEqual(before);
  });

  test('a reading for somebody who waits leaves the far past to one reconciliation, and knows that it did', async () => {
    const { clock, deps } = await start(freeCodes(3));
    const { db } = deps.store;
    for (let reading = 0; reading < 2; reading += 1) {
      await refreshLedger(deps, CORP);
      clock.advance(60_000);
    }
    expect(await pools()).toMatchObject({ base: { free: 3 } });
    expect(await listJobs(db, { kind: 'reconcile-corp' }, 10)).toMatchObject([{ corp_id: CORP, state: 'waiting' }]);
    expect((await findCorpLicence(db, CORP))?.orders_read_to_ms).toBe(1);
  });

  test('a leaver’s account is known to come free by the next morning, for a visit that WeCom activates', async () => {
    const { deps, script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    await onRangeChanged(deps, { corpId: CORP, userId: 'alice', atMs: NOW_MS }, false);
    const { verdict } = await judgeVisit(deps, visitor('bob', { entry: 'workbench' }), base);
    expect(verdict.reason).toBe('no_free_seat');
    expect(verdict.next).toEqual({ atMs: Date.parse('2026-11-22T06:00:00+08:00'), reason: 'activating' });
    expect((await judgeVisit(deps, visitor('bob'), base)).verdict).toMatchObject({
      reason: 'no_free_seat',
      next: null,
    });
  });

  test('an account that waits for transfer is free to a visit that WeCom activates, and to no other', async () => {
    const { script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    Object.assign(script.codes['code-0']!, { status: 4 });
    expect(await reasonOf('bob')).toBe('no_free_seat');
    const fromWorkbench = await judgeVisit(rig.deps, visitor('carol', { entry: 'workbench' }), base);
    expect(fromWorkbench.verdict.reason).toBe('activating');
  });

  test('codes that WeCom no longer knows at all do not stop the reading', async () => {
    const { clock, script } = await start({ ...freeCodes(1), auto: { auto_active_status: 0 } });
    expect(await reasonOf('bob')).toBe('activation_off');
    script.faults.batch_get_active_info_by_code = 701021;
    clock.advance(11_000);
    expect(await reasonOf('bob')).toBe('activation_off');
  });
});

describe('a seat', () => {
  const hour = SECONDS + 3600;

  test('that somebody else now holds was moved', async () => {
    const { clock, script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    expect(await reasonOf('alice')).toBe('seat_valid');
    script.seats.bob = script.seats.alice!;
    delete script.seats.alice;
    Object.assign(script.codes['code-0']!, { userid: 'bob' });
    clock.advance(301_000);
    expect(await reasonOf('alice')).toBe('seat_moved');
    expect(await reasonOf('bob')).toBe('seat_valid');
  });

  test('that ended and is no longer listed stays known as ended', async () => {
    const { clock, script } = await start({ ...freeCodes(1) });
    bindNext(script, 'alice');
    script.seats.alice = [{ type: 1, active_code: 'code-0', expire_time: hour }];
    expect(await reasonOf('alice')).toBe('seat_expiring');
    delete script.seats.alice;
    clock.advance(3_601_000);
    expect(await reasonOf('alice')).toBe('seat_expired');
  });

  test('that vanished without a new holder is forgotten', async () => {
    const { clock, deps, script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    await reasonOf('alice');
    delete script.seats.alice;
    Object.assign(script.codes['code-0']!, { status: 1, userid: undefined, expire_time: undefined });
    clock.advance(301_000);
    await reasonOf('alice');
    expect(await listSeatsOfMember(deps.store.db, CORP, 'alice')).toEqual([]);
  });

  test('in doubt after unlicensed_notify is read again at once', async () => {
    const { asked, deps, script } = await start(freeCodes(1));
    bindNext(script, 'alice');
    await reasonOf('alice');
    const calls = asked('get_active_info_by_user');
    await onUnlicensed(deps, CORP, 'alice');
    expect(await reasonOf('alice')).toBe('seat_valid');
    expect(asked('get_active_info_by_user')).toBe(calls + 1);
  });
});

describe('the visible range', () => {
  /** `seconds` after the beginning, by WeCom's clock. */
  const ranged = (inRange: boolean, seconds = 0) =>
    onRangeChanged(rig.deps, { corpId: CORP, userId: 'bob', atMs: NOW_MS + seconds * 1000 }, inRange);

  test('a member told to be outside is stopped until told otherwise', async () => {
    await start();
    await ranged(false);
    expect(await reasonOf('bob')).toBe('out_of_range');
    await ranged(true);
    expect(await reasonOf('bob')).toBe('trial_over');
  });

  test('an event older than the last one decides nothing, and makes WeCom be asked again', async () => {
    const { asked } = await start();
    await ranged(true, -1);
    expect(await reasonOf('bob')).toBe('trial_over');
    const calls = asked('get_active_info_by_user');
    await ranged(false, -2);
    expect(await reasonOf('bob')).toBe('trial_over');
    expect(asked('get_active_info_by_user')).toBe(calls + 1);
    await ranged(false);
    expect(await reasonOf('bob')).toBe('out_of_range');
  });

  test('what an event said of it wears out: a minute later WeCom is asked, seats and all', async () => {
    const { asked, clock, script } = await start({
      seats: { bob: [{ type: 1, expire_time: SECONDS + 86_400 * 100 }] },
    });
    expect(await reasonOf('bob')).toBe('seat_valid');
    const calls = asked('get_active_info_by_user');
    await ranged(false);
    clock.advance(59_000);
    expect(await reasonOf('bob')).toBe('out_of_range');
    expect(asked('get_active_info_by_user')).toBe(calls);
    script.faults['get_active_info_by_user'] = 60021;
    clock.advance(1000);
    expect(await reasonOf('bob')).toBe('out_of_range');
    delete script.faults['get_active_info_by_user'];
    clock.advance(60_000);
    expect(await reasonOf('bob')).toBe('seat_valid');
  });

  test('once the refusal has worn out, the authorisation is read again as well', async () => {
    const { clock, deps, wecom } = await start();
    await deps.tokens.saveSuiteTicket(deps.config.suite.id, 'tkt', NOW_MS);
    const reads = () => wecom.count('/cgi-bin/service/v2/get_auth_info');
    await ranged(false);
    clock.advance(61_000);
    await reasonOf('bob');
    expect(reads()).toBe(1);
    clock.advance(1000);
    await reasonOf('alice');
    expect(reads()).toBe(1);
  });

  test.each([50002, 60011, 60021, 60030, 701088])('%i of WeCom’s means outside', async (errcode) => {
    await start({ faults: { get_active_info_by_user: errcode } });
    expect(await reasonOf('bob')).toBe('out_of_range');
  });

  test('701089 speaks of customer contact only', async () => {
    await start({ faults: { get_active_info_by_user: 701089 } });
    expect(await reasonOf('bob')).not.toBe('out_of_range');
  });

  test('a change of departments or tags makes a refusal doubtful, and leaves who is inside inside', async () => {
    const { deps } = await start();
    await ranged(false);
    expect(await reasonOf('bob')).toBe('out_of_range');
    await onStructureChanged(deps, CORP);
    expect(await reasonOf('bob')).toBe('trial_over');
  });

  test('a member the app hears of is not outside any more', async () => {
    const { deps } = await start();
    await ranged(false);
    await onMemberChanged(deps, CORP, 'bob');
    expect(await reasonOf('bob')).toBe('trial_over');
  });

  test('a member whom WeCom met without a licence is not outside: it says so of nobody else', async () => {
    const { deps } = await start();
    await ranged(false);
    expect(await reasonOf('bob')).toBe('out_of_range');
    await onUnlicensed(deps, CORP, 'bob');
    expect(await reasonOf('bob')).toBe('trial_over');
  });
});
