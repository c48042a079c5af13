import { DAY_MS, startRig, START_MS, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp({ people: 5 });
  await rig.buy(corp.corpId, { base: 2, externalContact: 1, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.control('seats', { corpId: corp.corpId, userId: user(1) });
});
afterEach(() => rig.close());

const MONTH_MS = 31 * DAY_MS;
const user = (index: number) => corp.members[index]?.userId ?? '';
const account = (index: number, type = 1) => ({ userid: user(index), type });
const collect = (account_list: object[], jobid?: unknown) =>
  rig.licence('create_renew_order_job', { corpid: corp.corpId, account_list, ...(jobid ? { jobid } : {}) });
const submit = (jobid: unknown, account_duration: object = { months: 12 }) =>
  rig.licence('submit_order_job', { jobid, buyer_userid: 'zhangsan', account_duration });
const pay = (orderId: unknown) => rig.control(`orders/${String(orderId)}/pay`);
const get = async (order_id: unknown) => (await rig.licence('get_order', { order_id })).order as Wire;
const seatOf = async (index: number) => (await rig.corpOf(corp.corpId)).members[index]?.seats[0];
const order = async (list: object[], span: object = { months: 12 }) => {
  const { jobid } = await collect(list);
  return (await submit(jobid, span)).order_id;
};

test('the expiry moves with the payment, the member keeps the code, others keep theirs', async () => {
  const [before, other] = [await seatOf(0), await seatOf(1)];
  const orderId = await order([account(0)]);
  expect(await get(orderId)).toMatchObject({ order_type: 2, order_status: 0, account_duration: { months: 12 } });
  expect((await seatOf(0))?.expiresAt).toBe(before?.expiresAt);
  await rig.advance('3d');
  await pay(orderId);
  await rig.sandbox.callbacksSettled();
  expect(await seatOf(0)).toEqual({ ...before, expiresAt: (before?.expiresAt ?? 0) + 12 * MONTH_MS });
  expect(await seatOf(1)).toEqual(other);
  expect(rig.app.of('license_pay_success').at(-1)?.fields).toMatchObject({ OrderId: orderId });
  const { account_list } = await rig.licence('list_order_account', { order_id: orderId });
  expect(account_list).toEqual([{ userid: user(0), type: 1 }]);
});

test('an account that has expired is valid again, counted from the payment', async () => {
  await rig.advance('400d');
  const orderId = await order([account(0)], { months: 1 });
  await rig.advance('1d');
  await pay(orderId);
  expect((await seatOf(0))?.expiresAt).toBe(START_MS + 401 * DAY_MS + MONTH_MS);
});

test('a job is filled in several calls and says who cannot be renewed', async () => {
  const first = await collect([account(0), account(2), account(0, 2)]);
  expect(first).toMatchObject({
    errcode: 0,
    invalid_account_list: [
      { userid: user(2), type: 1, errcode: 701004 },
      { userid: user(0), type: 2, errcode: 701004 },
    ],
  });
  const second = await collect([account(1), account(0), { userid: 'woNobody', type: 1 }], first.jobid);
  expect(second).toMatchObject({
    jobid: first.jobid,
    invalid_account_list: [{ errcode: 701020 }, { errcode: 701019 }],
  });
  const { order_id } = await submit(first.jobid);
  expect(await get(order_id)).toMatchObject({ account_count: { base_count: 2, external_contact_count: 0 } });
  expect((await submit(first.jobid)).errcode).toBe(701126);
});

test('a renewal to a date ends with its day in Shanghai, and leaves alone who lasts longer', async () => {
  await rig.advance('10d');
  const year = await order([account(1)], { months: 12 });
  await pay(year);
  const later = await seatOf(1);
  const noon = Date.UTC(2027, 5, 1, 4);
  const orderId = await order([account(0), account(1)], { new_expire_time: noon / 1000 });
  const midnight = Date.UTC(2027, 5, 1, 16);
  expect(await get(orderId)).toMatchObject({ account_duration: { new_expire_time: midnight / 1000 } });
  await pay(orderId);
  expect((await seatOf(0))?.expiresAt).toBe(midnight);
  expect(await seatOf(1)).toEqual(later);
});

test.each<[string, object, number]>([
  ['today', { new_expire_time: START_MS / 1000 + 3600 }, 40058],
  ['more than 1860 days ahead', { new_expire_time: (START_MS + 1861 * DAY_MS) / 1000 }, 40058],
  ['months and a date', { months: 1, new_expire_time: (START_MS + 800 * DAY_MS) / 1000 }, 40058],
  ['neither', {}, 40058],
  ['a date that adds no day', { new_expire_time: (START_MS + 30 * DAY_MS) / 1000 }, 701090],
  ['past five years', { months: 49 }, 701030],
])('%s is refused, 48 months are not', async (_what, span, errcode) => {
  const { jobid } = await collect([account(0)]);
  expect((await submit(jobid, span)).errcode).toBe(errcode);
  expect((await submit(jobid, { months: 48 })).errcode).toBe(0);
});

test('an empty job, an unknown one and an unpaid order before it are refused', async () => {
  const { jobid } = await collect([account(2)]);
  expect((await submit(jobid)).errcode).toBe(701010);
  expect((await submit('job-nobody')).errcode).toBe(40058);
  const waiting = await order([account(0)]);
  const next = await collect([account(1)]);
  expect((await submit(next.jobid)).errcode).toBe(701032);
  await rig.licence('cancel_order', { order_id: waiting, corpid: corp.corpId });
  expect((await submit(next.jobid)).errcode).toBe(0);
});

test('a renewal follows the account to the member it was transferred to', async () => {
  const before = await seatOf(0);
  const orderId = await order([account(0)]);
  await rig.control('transfers', { corpId: corp.corpId, from: user(0), to: user(3) });
  await pay(orderId);
  expect(await seatOf(3)).toMatchObject({ code: before?.code, expiresAt: (before?.expiresAt ?? 0) + 12 * MONTH_MS });
});

test('a refund takes the added days off again, and a refused one does not', async () => {
  const before = await seatOf(0);
  const orderId = await order([account(0)]);
  await pay(orderId);
  await rig.control(`orders/${String(orderId)}/ask-refund`);
  expect(await get(orderId)).toMatchObject({ order_status: 4 });
  await rig.control(`orders/${String(orderId)}/refund`, { granted: true });
  expect(await seatOf(0)).toEqual(before);
  const second = await order([account(0)]);
  await pay(second);
  await rig.control(`orders/${String(second)}/refund`, { granted: false });
  expect((await seatOf(0))?.expiresAt).toBe((before?.expiresAt ?? 0) + 12 * MONTH_MS);
});

test('the console renews everybody at once', async () => {
  const { orderId } = await rig.control<{ orderId: string }>('renewals', { corpId: corp.corpId, months: 1 });
  expect(await get(orderId)).toMatchObject({ order_type: 2, account_count: { base_count: 2 } });
});
