import { reconcileCorp } from '../../../server/licences/reconcile';
import { refreshLedger } from '../../../server/licences/refresh-ledger';
import { listCodes } from '../../../server/store/activation-codes';
import { findCorpLicence } from '../../../server/store/corp-licences';
import { listOrders } from '../../../server/store/orders';
import { listSeatsOfMember, saveSeats } from '../../../server/store/seats';
import { DAY_MS, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';
import { CORP } from '../../support/licence-wecom';

const ENDS_MS = NOW_MS + 100 * DAY_MS;
const CODE = { type: 1, status: 2, create_time: NOW_MS / 1000 - 86_400, expire_time: ENDS_MS / 1000 };

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig({ auto: { auto_active_status: 1 } });
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'ticket', NOW_MS);
});
afterEach(() => rig.stop());

/** A seat on record that WeCom's list of activated accounts does not name. */
async function hadSeat(userId: string, activeCode: string | null): Promise<void> {
  await saveSeats(rig.deps.store.db, [
    {
      corp_id: CORP,
      user_id: userId,
      type: 1,
      active_code: activeCode,
      active_at_ms: NOW_MS - 10 * DAY_MS,
      expires_at_ms: ENDS_MS,
      moved_at_ms: null,
      source: 'api',
      seen_at_ms: NOW_MS - DAY_MS,
    },
  ]);
}

const night = () => reconcileCorp(rig.deps, CORP, new AbortController().signal);
const seatsOf = (userId: string) => listSeatsOfMember(rig.deps.store.db, CORP, userId);

test.each([60111, 701019])(
  'one who is gone, of whom WeCom refuses to speak (%d), does not end the night',
  async (errcode) => {
    await hadSeat('alice', null);
    rig.script.faults.get_active_info_by_user = errcode;
    expect(await night()).toMatchObject({ done: true });
    expect(await seatsOf('alice')).toEqual([]);
  },
);

test('a seat that ends as before keeps no code that somebody else holds by now', async () => {
  await hadSeat('alice', 'a1');
  rig.script.orders = [{ order_id: 'o1', order_type: 1, order_status: 1, base: 2, codes: ['a1', 'b1'] }];
  rig.script.codes = { a1: { ...CODE, userid: 'bob' }, b1: { ...CODE, userid: 'alice' } };
  const seat = { type: 1, active_time: (NOW_MS - 10 * DAY_MS) / 1000, expire_time: CODE.expire_time };
  rig.script.seats = { alice: [{ ...seat, active_code: 'b1' }], bob: [{ ...seat, active_code: 'a1' }] };
  expect(await night()).toMatchObject({ done: true });
  expect(await seatsOf('alice')).toMatchObject([{ active_code: 'b1', moved_at_ms: null }]);
  expect(await seatsOf('bob')).toMatchObject([{ active_code: 'a1', moved_at_ms: null }]);
});

test('a WeCom that is silent about one who is not listed takes no seat away', async () => {
  await hadSeat('alice', null);
  rig.script.faults.get_active_info_by_user = -1;
  await expect(night()).rejects.toMatchObject({ errcode: -1 });
  expect(await seatsOf('alice')).toMatchObject([{ moved_at_ms: null }]);
});

test('where all codes of a corp have died together its seats are gone too', async () => {
  rig.script.orders = [{ order_id: 'o1', order_type: 1, order_status: 1, base: 2, codes: ['c1', 'c2'] }];
  rig.script.codes = { c1: { ...CODE, userid: 'alice' }, c2: { ...CODE, userid: 'bob' } };
  const seat = { type: 1, expire_time: ENDS_MS / 1000 };
  rig.script.seats = { alice: [{ ...seat, active_code: 'c1' }], bob: [{ ...seat, active_code: 'c2' }] };
  await night();
  expect([...(await seatsOf('alice')), ...(await seatsOf('bob'))]).toHaveLength(2);
  rig.clock.advance(DAY_MS);
  rig.script.seats = {};
  await rig.deps.tokens.saveSuiteTicket(rig.deps.config.suite.id, 'ticket', NOW_MS + DAY_MS);
  rig.script.faults.batch_get_active_info_by_code = 701024;
  expect(await night()).toMatchObject({ done: true });
  expect([...(await seatsOf('alice')), ...(await seatsOf('bob'))]).toEqual([]);
  // A refusal alone is no word about any of the codes.
  expect(await listCodes(rig.deps.store.db, CORP)).toMatchObject([{ status: 2 }, { status: 2 }]);
});

test('a code that no order on record brought is asked about before its seat is forgotten', async () => {
  for (const [userId, code] of Object.entries({ alice: 'x1', carol: 'x2', dave: 'x3', erin: 'x4' }))
    await hadSeat(userId, code);
  const merged = { to_active_code: 'x9' };
  rig.script.codes = {
    x1: { ...CODE, userid: 'bob' },
    x2: { ...CODE, userid: 'carol' },
    x4: { ...CODE, status: 5, ...{ merge_info: merged } },
    x9: { ...CODE, userid: 'erin' },
  };
  await night();
  expect(await seatsOf('alice')).toMatchObject([{ moved_at_ms: NOW_MS }]);
  expect(await seatsOf('carol')).toMatchObject([{ moved_at_ms: null }]);
  expect(await seatsOf('dave')).toEqual([]);
  expect(await seatsOf('erin')).toMatchObject([{ moved_at_ms: null }]);
});

test('an open order that WeCom no longer knows does not end the readings of the others', async () => {
  const order = { order_type: 1, order_status: 0, base: 1, codes: [] };
  rig.script.orders = [{ ...order, order_id: 'o1' }];
  await refreshLedger(rig.deps, CORP);
  rig.script.orders = [{ ...order, order_id: 'o2', order_status: 1, codes: ['c1'] }];
  rig.script.codes = { c1: { ...CODE, userid: 'alice' } };
  rig.clock.advance(DAY_MS);
  await refreshLedger(rig.deps, CORP);
  const { db } = rig.deps.store;
  expect((await listOrders(db, CORP)).map(({ order_id, status }) => [order_id, status]).sort()).toEqual([
    ['o1', 0],
    ['o2', 1],
  ]);
  expect((await findCorpLicence(db, CORP))?.ledger_checked_at_ms).toBe(NOW_MS + DAY_MS);
});
