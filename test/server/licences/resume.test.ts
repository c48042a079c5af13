import { setTimeout as wait } from 'node:timers/promises';
import { reconcileCorp } from '../../../server/licences/reconcile';
import { findLedger } from '../../../server/store/ledger';
import { NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';
import { waitFor } from '../../support/wait-for';

const SECONDS = NOW_MS / 1000;
const BUSY = 45009;
/** After a limit was hit nothing is sent for a while. */
const HOLD_MS = 5 * 60_000;
/** Longer than a reconciliation goes on without keeping how far it is. */
const LONG_MS = 2_100;

let rig: LicenceRig;
afterEach(() => rig.stop());

async function start(): Promise<LicenceRig> {
  rig = await startLicenceRig({
    auto: { auto_active_status: 1 },
    seats: { alice: [{ type: 1, active_code: 'b1', expire_time: SECONDS + 86_400 }] },
    orders: [{ order_id: 'o1', order_type: 1, order_status: 1, base: 1, codes: ['b1'] }],
    codes: { b1: { type: 1, status: 2, userid: 'alice', create_time: SECONDS, expire_time: SECONDS + 86_400 } },
  });
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', NOW_MS);
  return rig;
}

const reconcile = (signal = new AbortController().signal) => reconcileCorp(rig.deps, CORP, signal);
const progress = async () => (await findLedger(rig.deps.store.db, CORP))?.progress_json ?? null;

/** Starts a reconciliation that has come to the seats, and gives what lets it go on. */
async function reachSeats(signal?: AbortSignal) {
  const before = rig.asked('list_actived_account');
  let open: () => void = () => undefined;
  rig.script.holds = { ...rig.script.holds, list_actived_account: new Promise((resolve) => (open = resolve)) };
  const running = reconcile(signal);
  await waitFor('the seats', () => Promise.resolve(rig.asked('list_actived_account') > before));
  return { running, open };
}

/** What a later reconciliation asks for, given where the first one ended. */
async function goOn() {
  const before = { orders: rig.asked('list_order'), seats: rig.asked('list_actived_account') };
  const result = await reconcile();
  expect(rig.asked('list_order')).toBe(before.orders);
  expect(rig.asked('list_actived_account')).toBe(before.seats + 1);
  expect(await progress()).toBeNull();
  return result;
}

test('a reconciliation that WeCom’s silence ended goes on from there', async () => {
  const { clock, script } = await start();
  script.faults['list_actived_account'] = BUSY;
  await expect(reconcile()).rejects.toMatchObject({ errcode: BUSY });
  expect(JSON.parse((await progress()) ?? '')).toMatchObject({ stage: 'seats', counts: { order: 2, code: 1 } });
  delete script.faults['list_actived_account'];
  clock.advance(HOLD_MS);
  expect(await goOn()).toMatchObject({ done: true, resumed: true, counts: { order: 2, code: 1, seat: 1 } });
});

test('so does one that was told to stop', async () => {
  await start();
  const stopping = new AbortController();
  const { open, running } = await reachSeats(stopping.signal);
  stopping.abort();
  open();
  expect(await running).toMatchObject({ done: false, resumed: false });
  expect(await goOn()).toMatchObject({ done: true, resumed: true });
});

test('a long one keeps how far it is meanwhile, in case it is killed; a quick one has no need to', async () => {
  const { script } = await start();
  script.holds = { list_order: wait(LONG_MS) };
  const long = await reachSeats();
  expect(JSON.parse((await progress()) ?? '')).toMatchObject({ stage: 'newOrders' });
  long.open();
  expect(await long.running).toMatchObject({ done: true });
  const quick = await reachSeats();
  expect(await progress()).toBeNull();
  quick.open();
  expect(await quick.running).toMatchObject({ done: true, resumed: false });
});

test('of a corp that removed the app meanwhile nothing is kept', async () => {
  const { deps, script } = await start();
  const { open, running } = await reachSeats();
  await deps.store.db.updateTable('corps').set({ status: 'removed' }).execute();
  script.faults['list_actived_account'] = BUSY;
  open();
  await expect(running).rejects.toMatchObject({ errcode: BUSY });
  expect(await progress()).toBeNull();
});
