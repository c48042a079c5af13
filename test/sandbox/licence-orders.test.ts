import { DAY_MS, startRig, START_MS, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

const order = (change: object = {}) => ({
  corpid: corp.corpId,
  buyer_userid: 'zhangsan',
  account_count: { base_count: 2, external_contact_count: 1 },
  account_duration: { months: 12, days: 3 },
  ...change,
});
const create = (change: object = {}) => rig.licence('create_new_order', order(change));
const get = async (order_id: unknown) => (await rig.licence('get_order', { order_id })).order as Wire;
const accounts = (order_id: unknown) => rig.licence('list_order_account', { order_id });

test('codes exist only after payment, and the provider hears of it', async () => {
  const { order_id } = await create();
  expect(await get(order_id)).toMatchObject({
    ...{ order_type: 1, order_status: 0, corpid: corp.corpId, create_time: START_MS / 1000 },
    account_count: { base_count: 2, external_contact_count: 1 },
    account_duration: { months: 12, days: 3 },
  });
  expect(await get(order_id)).not.toHaveProperty('pay_time');
  expect(await accounts(order_id)).toMatchObject({ errcode: 0, account_list: [] });
  await rig.advance('1h');
  await rig.control(`orders/${order_id}/pay`);
  await rig.sandbox.callbacksSettled();
  expect(await get(order_id)).toMatchObject({ order_status: 1, pay_time: START_MS / 1000 + 3600 });
  const { account_list } = await accounts(order_id);
  expect((account_list as Wire[]).map((account) => account.type)).toEqual([1, 1, 2]);
  expect(rig.app.of('license_pay_success')[0]?.fields).toMatchObject({ AuthCorpId: corp.corpId, OrderId: order_id });
});

test('while codes are being made the answer is 701022, the notice comes after', async () => {
  const { order_id } = await create();
  await rig.control(`orders/${order_id}/pay`, { generateSeconds: 300 });
  expect((await accounts(order_id)).errcode).toBe(701022);
  expect((await create()).errcode).toBe(701033);
  await rig.advance('299s');
  expect((await accounts(order_id)).errcode).toBe(701022);
  expect(rig.app.of('license_pay_success')).toHaveLength(0);
  await rig.advance('1s');
  await rig.sandbox.callbacksSettled();
  expect((await accounts(order_id)).account_list).toHaveLength(3);
  expect(rig.app.of('license_pay_success')).toHaveLength(1);
});

test('an unpaid order blocks the next, until cancelled or lapsed', async () => {
  const { order_id } = await create();
  expect((await create()).errcode).toBe(701032);
  const cancel = (corpid: string) => rig.licence('cancel_order', { order_id, corpid });
  const other = await rig.newCorp();
  expect((await cancel(other.corpId)).errcode).toBe(701086);
  expect((await cancel(corp.corpId)).errcode).toBe(0);
  expect((await cancel(corp.corpId)).errcode).toBe(701084);
  const next = await create();
  expect(await get(next.order_id)).toMatchObject({ order_status: 0 });
  await rig.advance('7d');
  expect(await get(next.order_id)).toMatchObject({ order_status: 3 });
  expect((await rig.refused(`orders/${String(next.order_id)}/pay`, {})).body.error.errcode).toBe(701084);
});

test.each([
  ['nobody', { account_count: { base_count: 0, external_contact_count: 0 } }, 40058],
  ['over a million', { account_count: { base_count: 1_000_001, external_contact_count: 0 } }, 40058],
  ['30 days', { account_duration: { months: 0, days: 30 } }, 40058],
  ['1861 days', { account_duration: { months: 60, days: 1 } }, 40058],
  ['a buyer outside the provider', { buyer_userid: 'nobody' }, 40003],
  [
    'twice the head count and more for 3 months',
    { account_count: { base_count: 9 }, account_duration: { months: 3 } },
    701132,
  ],
])('an order for %s is refused', async (_what, change, errcode) => {
  expect((await create(change)).errcode).toBe(errcode);
  expect((await create({ account_duration: { months: 60 } })).errcode).toBe(0);
});

test('the same short order for twice the head count is taken, and the shortest order too', async () => {
  expect((await create({ account_count: { base_count: 8 }, account_duration: { days: 31 } })).errcode).toBe(0);
});

test('a test corp buys one month and has no trial', async () => {
  const { corpId } = await rig.control<CorpView>('corps', { name: '测试企业', test: true });
  await rig.control('install', { corpId });
  const change = { corpid: corpId, account_count: { base_count: 1 } };
  expect((await create({ ...change, account_duration: { months: 2 } })).errcode).toBe(701028);
  expect(
    (await create({ ...change, account_count: { base_count: 1001 }, account_duration: { months: 1 } })).errcode,
  ).toBe(701027);
  expect((await create({ ...change, account_duration: { months: 1 } })).errcode).toBe(0);
  const info = await rig.licence('get_app_license_info', { corpid: corpId, suite_id: corp.suiteId });
  expect(info).not.toHaveProperty('trail_info');
});

test('orders are listed by 31 days at most, and each provider sees its own', async () => {
  const { order_id } = await create();
  const now = START_MS / 1000;
  const list = (body: object) => rig.licence('list_order', { corpid: corp.corpId, ...body });
  expect(await list({})).toMatchObject({ order_list: [{ order_id, order_type: 1 }], has_more: 0 });
  expect((await list({ start_time: now, end_time: now + 31 * 86_400 })).order_list).toHaveLength(1);
  expect((await list({ start_time: now + 1, end_time: now + 100 })).order_list).toHaveLength(0);
  expect((await list({ start_time: now, end_time: now + 31 * 86_400 + 1 })).errcode).toBe(40058);
  expect((await list({ start_time: now })).errcode).toBe(40058);
  const other = await rig.newCorp();
  expect((await rig.licence('list_order', { corpid: other.corpId })).order_list).toHaveLength(0);
  expect((await rig.licence('get_order', { order_id: 'OImadeup' })).errcode).toBe(701005);
});

test('a refund ends bound codes, voids the others, and still counts as ever paid', async () => {
  const orderId = await rig.buy(corp.corpId, { base: 2, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId });
  const codes = rig.sandbox.state.codes.map((code) => code.code);
  await rig.advance('1d');
  await rig.control(`orders/${orderId}/refund`);
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('license_refund')[0]?.fields).toMatchObject({ OrderId: orderId, OrderStatus: '1' });
  expect(await get(orderId)).toMatchObject({ order_status: 5 });
  const answer = await rig.licence('batch_get_active_info_by_code', { corpid: corp.corpId, active_code_list: codes });
  expect(answer).toMatchObject({
    active_info_list: [{ status: 3, expire_time: (START_MS + DAY_MS) / 1000 }],
    invalid_active_code_list: [codes[1]],
  });
  expect((await rig.licence('get_auto_active_status', { corpid: corp.corpId })).errcode).toBe(0);
});

test('a refused refund changes nothing but the status', async () => {
  const orderId = await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control(`orders/${orderId}/refund`, { granted: false });
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('license_refund')[0]?.fields).toMatchObject({ OrderStatus: '2' });
  expect(await get(orderId)).toMatchObject({ order_status: 6 });
  expect((await rig.corpOf(corp.corpId)).codes).toMatchObject([{ status: 1 }]);
});

describe('a refund asked for while the codes are being made', () => {
  const askWhileMaking = async () => {
    const orderId = await rig.buy(corp.corpId, { base: 2, months: 12 }, { generateSeconds: 300 });
    await rig.control(`orders/${orderId}/ask-refund`);
    return orderId;
  };
  const decide = (orderId: string, granted: boolean) => rig.control(`orders/${orderId}/refund`, { granted });

  test('does not keep them from being made', async () => {
    const orderId = await askWhileMaking();
    expect((await accounts(orderId)).errcode).toBe(701022);
    await rig.advance('300s');
    await rig.sandbox.callbacksSettled();
    expect((await accounts(orderId)).account_list).toHaveLength(2);
    expect(rig.app.of('license_pay_success')).toHaveLength(1);
    await decide(orderId, false);
    expect((await rig.corpOf(corp.corpId)).codes).toMatchObject([{ status: 1 }, { status: 1 }]);
  });

  test('and refused, they come when their time has come', async () => {
    const orderId = await askWhileMaking();
    await decide(orderId, false);
    expect((await accounts(orderId)).errcode).toBe(701022);
    await rig.advance('300s');
    expect((await accounts(orderId)).account_list).toHaveLength(2);
  });

  test('and granted, none ever comes', async () => {
    const orderId = await askWhileMaking();
    await decide(orderId, true);
    await rig.advance('1d');
    await rig.sandbox.callbacksSettled();
    expect((await accounts(orderId)).account_list).toEqual([]);
    expect(rig.app.of('license_pay_success')).toEqual([]);
  });
});
