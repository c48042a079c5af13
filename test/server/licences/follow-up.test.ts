import { pollOrder } from '../../../server/licences/poll-order';
import { reconcileCorp } from '../../../server/licences/reconcile';
import { refreshLedger } from '../../../server/licences/refresh-ledger';
import { refreshMemberSeats } from '../../../server/licences/refresh-member-seats';
import { listCodes } from '../../../server/store/activation-codes';
import { listOrders } from '../../../server/store/orders';
import { listOrdersToPoll } from '../../../server/store/orders-due';
import { listSeatsOfMember } from '../../../server/store/seats';
import { DAY_MS, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP, type LicenceScript } from '../../support/licence-wecom';

const SECONDS = NOW_MS / 1000;
const BUSY = 45009;
const REFUNDED = 5;
const VOID = 7;
const CANCELLED = 2;
/** After a limit was hit nothing is sent for a while. */
const HOLD_MS = 5 * 60_000;

let rig: LicenceRig;
afterEach(() => rig.stop());

/** Alice holds the one account of an order. */
async function start(over: Partial<LicenceScript> = {}): Promise<LicenceRig> {
  const expire_time = SECONDS + 30 * 86_400;
  const bound = { type: 1, status: 2, userid: 'alice', create_time: SECONDS - 86_400, expire_time };
  rig = await startLicenceRig({
    auto: { auto_active_status: 1 },
    seats: { alice: [{ type: 1, active_code: 'b1', expire_time }] },
    orders: [{ order_id: 'o1', order_type: 1, order_status: 1, base: 1, codes: ['b1'] }],
    codes: { b1: bound },
    ...over,
  });
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', NOW_MS);
  return rig;
}

/** WeCom takes the account back. */
function refund(): void {
  const { script } = rig;
  Object.assign(script.orders[0] ?? {}, { order_status: REFUNDED });
  script.codes = { other: { type: 1, status: 1, create_time: SECONDS } };
  script.seats = {};
}

/** WeCom is busy for one look at the order, which gets half-way. */
async function failOn(call: string): Promise<void> {
  rig.script.faults[call] = BUSY;
  await expect(pollOrder(rig.deps, CORP, 'o1')).rejects.toThrow();
  delete rig.script.faults[call];
  rig.clock.advance(HOLD_MS);
}

const statusOfCode = async () => (await listCodes(rig.deps.store.db, CORP)).find(({ code }) => code === 'b1')?.status;
const ordersDue = async () => (await listOrdersToPoll(rig.deps.store.db, 0)).map((order) => order.order_id);

describe('what follows from an order', () => {
  test('is read by the next look when the first got no further than the order', async () => {
    const { deps } = await start();
    expect(await pollOrder(deps, CORP, 'o1')).toMatchObject({ settled: true, status: 1 });
    expect([await statusOfCode(), await ordersDue()]).toEqual([2, []]);
    refund();
    await failOn('batch_get_active_info_by_code');
    expect([await statusOfCode(), await ordersDue()]).toEqual([2, ['o1']]);
    expect(await pollOrder(deps, CORP, 'o1')).toMatchObject({ settled: true, status: REFUNDED });
    expect([await statusOfCode(), await ordersDue()]).toEqual([0, []]);
  });

  test('is read once: a further look asks for the order alone', async () => {
    const { asked, deps } = await start();
    await pollOrder(deps, CORP, 'o1');
    refund();
    await pollOrder(deps, CORP, 'o1');
    const before = asked('batch_get_active_info_by_code');
    await pollOrder(deps, CORP, 'o1');
    expect(asked('batch_get_active_info_by_code')).toBe(before);
  });

  test('of a renewal are its members, also when their list could not be read at first', async () => {
    const { deps, script } = await start();
    await refreshMemberSeats(deps, CORP, 'alice');
    script.orders = [{ order_id: 'o1', order_type: 2, order_status: 1, base: 1, codes: [], renewed: ['alice'] }];
    const prolonged = SECONDS + 400 * 86_400;
    Object.assign(script.seats['alice']?.[0] ?? {}, { expire_time: prolonged });
    await failOn('list_order_account');
    await pollOrder(deps, CORP, 'o1');
    const [seat] = await listSeatsOfMember(deps.store.db, CORP, 'alice');
    expect(seat?.expires_at_ms).toBe(prolonged * 1000);
    expect(await ordersDue()).toEqual([]);
  });

  test('is read by a visit as well, except for the members of a renewal', async () => {
    const { clock, deps, script } = await start();
    script.orders.push({ order_id: 'o2', order_type: 2, order_status: 1, base: 1, codes: [], renewed: ['alice'] });
    await refreshLedger(deps, CORP);
    expect(await ordersDue()).toEqual(['o2']);
    clock.advance(DAY_MS);
    await pollOrder(deps, CORP, 'o2');
    expect(await ordersDue()).toEqual([]);
  });

  test('is read by a reconciliation, whoever saw the order first and got no further', async () => {
    const { deps, script } = await start();
    await pollOrder(deps, CORP, 'o1');
    script.orders.push({ order_id: 'o2', order_type: 2, order_status: 1, base: 1, codes: [], renewed: ['alice'] });
    refund();
    await failOn('batch_get_active_info_by_code');
    const { signal } = new AbortController();
    expect(await reconcileCorp(deps, CORP, signal)).toMatchObject({ done: true });
    expect([await statusOfCode(), await ordersDue()]).toEqual([0, []]);
  });
});

test('an order that was given back is still heard to be void, as a corp’s test orders are when it is one no more', async () => {
  const { deps, script } = await start();
  refund();
  await pollOrder(deps, CORP, 'o1');
  Object.assign(script.orders[0] ?? {}, { order_status: VOID });
  await reconcileCorp(deps, CORP, new AbortController().signal);
  expect((await listOrders(deps.store.db, CORP)).map((order) => order.status)).toEqual([VOID]);
});

test('an order that WeCom no longer knows does not keep the others from being read', async () => {
  const { deps, script } = await start();
  script.orders.unshift({ order_id: 'o0', order_type: 1, order_status: CANCELLED, base: 1, codes: [] });
  await refreshLedger(deps, CORP);
  script.orders.shift();
  Object.assign(script.orders[0] ?? {}, { order_status: VOID });
  expect(await reconcileCorp(deps, CORP, new AbortController().signal)).toMatchObject({ done: true });
  const onRecord = (await listOrders(deps.store.db, CORP)).map((order) => [order.order_id, order.status]);
  expect(Object.fromEntries(onRecord)).toEqual({ o0: CANCELLED, o1: VOID });
});
