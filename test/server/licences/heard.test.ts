import { deleteCorpData } from '../../../server/corps/delete-corp-data';
import { reconcileCorp } from '../../../server/licences/reconcile';
import { refreshMemberSeats } from '../../../server/licences/refresh-member-seats';
import { listCodes } from '../../../server/store/activation-codes';
import { findLedger } from '../../../server/store/ledger';
import { listSeatsOfMember } from '../../../server/store/seats';
import { DAY_MS, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';
import { waitFor } from '../../support/wait-for';

const SECONDS = NOW_MS / 1000;
const ENDS = SECONDS + 30 * 86_400;
const LATER = ENDS + 86_400;
const WAITING = 4;
const NONE_KNOWN = 701021;

let rig: LicenceRig;
afterEach(() => rig.stop());

const reconcile = (trusting = true) => reconcileCorp(rig.deps, CORP, new AbortController().signal, { trusting });
const heard = async () => (await findLedger(rig.deps.store.db, CORP))?.heard_json ?? null;
const endOfSeat = async () => (await listSeatsOfMember(rig.deps.store.db, CORP, 'alice'))[0]?.expires_at_ms;
const statusOfCode = async () => (await listCodes(rig.deps.store.db, CORP))[0]?.status;
const tellEnd = (expire_time: number) => Object.assign(rig.script.seats['alice']?.[0] ?? {}, { expire_time });

/** The record as somebody's hand has made it: no history knows of it. */
const changeByHand = () =>
  rig.deps.store.db
    .updateTable('seats')
    .set({ expires_at_ms: LATER * 1000 })
    .execute();

/** Time goes by; a ticket does not last that long. */
async function pass(ms: number): Promise<void> {
  rig.clock.advance(ms);
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'tkt', rig.clock.now());
}

/** Alice holds the one account, and a whole comparison has found nothing to change. */
async function start(): Promise<LicenceRig> {
  rig = await startLicenceRig({
    auto: { auto_active_status: 1 },
    seats: { alice: [{ type: 1, active_code: 'b1', expire_time: ENDS }] },
    orders: [{ order_id: 'o1', order_type: 1, order_status: 1, base: 1, codes: ['b1'] }],
    codes: { b1: { type: 1, status: 2, userid: 'alice', create_time: SECONDS, expire_time: ENDS } },
  });
  await pass(0);
  expect((await reconcile()).counts).toEqual({ licence: 2, order: 2, code: 1, seat: 1 });
  expect(await heard()).toBeNull();
  expect((await reconcile()).counts).toEqual({ licence: 0, order: 0, code: 0, seat: 0 });
  expect(await heard()).not.toBeNull();
  return rig;
}

test('what WeCom says again word for word is not compared again, for a week', async () => {
  await start();
  await changeByHand();
  await pass(6 * DAY_MS);
  expect((await reconcile()).counts.seat).toBe(0);
  expect(await endOfSeat()).toBe(LATER * 1000);
  await pass(DAY_MS);
  expect((await reconcile()).counts.seat).toBe(1);
  expect(await endOfSeat()).toBe(ENDS * 1000);
});

test('whoever asks for it has all of it compared', async () => {
  await start();
  await changeByHand();
  expect((await reconcile(false)).counts.seat).toBe(1);
  expect(await endOfSeat()).toBe(ENDS * 1000);
});

test.each([
  ['a seat', () => tellEnd(LATER), { seat: 1, code: 0 }],
  ['a code alone', () => Object.assign(rig.script.codes['b1'] ?? {}, { status: WAITING }), { seat: 0, code: 1 }],
])('what it says otherwise of %s is kept', async (_what, change, counts) => {
  await start();
  change();
  expect(await reconcile()).toMatchObject({ done: true, counts });
  expect((await reconcile()).counts).toMatchObject({ seat: 0, code: 0 });
});

test('a record that has changed since is compared, though WeCom says what it said before', async () => {
  const { deps } = await start();
  tellEnd(LATER);
  await pass(60_000);
  await refreshMemberSeats(deps, CORP, 'alice');
  tellEnd(ENDS);
  await pass(60_000);
  expect((await reconcile()).counts.seat).toBe(1);
  expect(await endOfSeat()).toBe(ENDS * 1000);
});

test('so is one that changes while WeCom is being asked', async () => {
  const { asked, deps, script } = await start();
  let open: () => void = () => undefined;
  script.holds = { batch_get_active_info_by_code: new Promise((resolve) => (open = resolve)) };
  const before = asked('batch_get_active_info_by_code');
  const running = reconcile();
  await waitFor('the codes', () => Promise.resolve(asked('batch_get_active_info_by_code') > before));
  tellEnd(LATER);
  await refreshMemberSeats(deps, CORP, 'alice');
  tellEnd(ENDS);
  script.holds = {};
  await pass(1000);
  open();
  expect((await running).counts.seat).toBe(1);
  expect(await endOfSeat()).toBe(ENDS * 1000);
});

test('codes that WeCom refuses to speak of are found out about', async () => {
  const { script } = await start();
  script.faults['batch_get_active_info_by_code'] = NONE_KNOWN;
  expect(await reconcile()).toMatchObject({ done: true, counts: { code: 0 } });
  expect(await statusOfCode()).toBe(2);
});

test('nothing of it is left when the corp’s data is deleted', async () => {
  const { deps } = await start();
  await deps.store.db.updateTable('corps').set({ status: 'removed', permanent_code_sealed: null }).execute();
  expect(await deleteCorpData(deps, CORP)).toBe(true);
  expect(await heard()).toBeNull();
});
