import { startRig, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp({ people: 4 });
});
afterEach(() => rig.close());

const create = async (change: object = {}) =>
  rig.licence('create_new_order', {
    corpid: corp.corpId,
    buyer_userid: 'zhangsan',
    account_count: { base_count: 2, external_contact_count: 0 },
    account_duration: { months: 1, days: 0 },
    ...change,
  });
const years = (months: number) => ({ account_duration: { months, days: 0 } });

describe('codes shared downstream', () => {
  let down: CorpView;
  let codes: string[];
  beforeEach(async () => {
    down = await rig.newCorp({ people: 2 });
    await rig.buy(corp.corpId, { base: 3, months: 12 });
    codes = (await rig.corpOf(corp.corpId)).codes.map((code) => code.code);
    await rig.control('links', { corpId: corp.corpId, to: down.corpId, heads: 1 });
  });
  const share = (list: string[], change: object = {}) =>
    rig.licence('batch_share_active_code', {
      from_corpid: corp.corpId,
      to_corpid: down.corpId,
      share_list: list.map((active_code) => ({ active_code })),
      ...change,
    });
  const info = async (corpid: string, active_code?: string) =>
    (await rig.licence('get_active_info_by_code', { corpid, active_code })).active_info as Wire;

  test('the giver sees status 6, the receiver can bind it and has it listed', async () => {
    const [code] = codes;
    expect(await share([code ?? ''])).toMatchObject({ errcode: 0, share_result: [] });
    expect(await info(corp.corpId, code)).toMatchObject({ status: 6, share_info: { to_corpid: down.corpId } });
    expect(await info(down.corpId, code)).toMatchObject({ status: 1, share_info: { from_corpid: corp.corpId } });
    const userid = down.members[0]?.userId;
    const bind = (corpid: string, user?: string) =>
      rig.licence('active_account', { corpid, active_code: code, userid: user });
    expect((await bind(corp.corpId, corp.members[0]?.userId)).errcode).toBe(701055);
    expect((await bind(down.corpId, userid)).errcode).toBe(0);
    const list = async (corpid: string) => (await rig.licence('list_actived_account', { corpid })).account_list;
    expect(await list(down.corpId)).toMatchObject([{ userid, type: 1 }]);
    expect(await list(corp.corpId)).toEqual([]);
  });

  test('a code is shared once, never onwards, and no more than twice the head count', async () => {
    expect((await share(codes.slice(0, 2))).errcode).toBe(0);
    expect(await share(codes)).toMatchObject({
      errcode: 701024,
      share_result: [{ errcode: 701055 }, { errcode: 701055 }, { errcode: 701056 }],
    });
    await rig.control('links', { corpId: down.corpId, to: corp.corpId });
    const back = { from_corpid: down.corpId, to_corpid: corp.corpId };
    expect(await share(codes.slice(0, 1), back)).toMatchObject({ share_result: [{ errcode: 701054 }] });
  });

  test('it needs the link, the app shared, and no test corp', async () => {
    expect((await share(codes, { corp_link_type: 1 })).errcode).toBe(701058);
    await rig.control('links', { corpId: corp.corpId, to: down.corpId, appShared: false });
    expect((await share(codes)).errcode).toBe(701051);
    await rig.control('links', { corpId: corp.corpId, to: down.corpId, heads: 5 });
    await rig.control('test-list', { corpId: down.corpId, test: true });
    expect((await share(codes)).errcode).toBe(701150);
    await rig.control('test-list', { corpId: down.corpId, test: false });
    expect((await share(codes)).errcode).toBe(0);
  });
});

describe('a test corp', () => {
  beforeEach(() => rig.control('test-list', { corpId: corp.corpId, test: true }));

  test.each<[string, object, number]>([
    ['two months', years(2), 701028],
    ['days', { account_duration: { months: 1, days: 1 } }, 701028],
    ['1001 accounts', { account_count: { base_count: 1001 } }, 701027],
  ])('orders no %s', async (_what, change, errcode) => {
    expect((await create(change)).errcode).toBe(errcode);
    expect((await create({ account_count: { base_count: 1000 } })).errcode).toBe(0);
  });

  test('renews once, by one month', async () => {
    await rig.buy(corp.corpId, { base: 1, months: 1 });
    await rig.control('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId });
    const renew = (span: object) => rig.refused('renewals', { corpId: corp.corpId, ...span });
    expect((await renew({ months: 2 })).body.error.errcode).toBe(701028);
    expect((await renew({ until: rig.sandbox.clock.now() + 90 * 86_400_000 })).body.error.errcode).toBe(701028);
    const { orderId } = await rig.control<{ orderId: string }>('renewals', { corpId: corp.corpId, months: 1 });
    await rig.control(`orders/${orderId}/pay`);
    expect((await renew({ months: 1 })).body.error.errcode).toBe(701029);
  });

  test('lists its test orders only, and leaving the list voids them', async () => {
    const orderId = await rig.buy(corp.corpId, { base: 2, months: 1 });
    await rig.control('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId });
    const list = async () => (await rig.licence('list_order', { corpid: corp.corpId })).order_list;
    expect(await list()).toEqual([{ order_id: orderId, order_type: 1 }]);
    await rig.control('test-list', { corpId: corp.corpId, test: false });
    expect(await list()).toEqual([]);
    expect(await rig.licence('get_order', { order_id: orderId })).toMatchObject({ order: { order_status: 7 } });
    const after = await rig.corpOf(corp.corpId);
    expect(after.codes.map((code) => code.status)).toEqual([3]);
    expect((await create(years(12))).errcode).toBe(0);
  });

  test('with real orders gets no test order', async () => {
    await rig.control('test-list', { corpId: corp.corpId, test: false });
    await rig.buy(corp.corpId, { base: 2, months: 12 });
    await rig.control('test-list', { corpId: corp.corpId, test: true });
    expect((await create()).errcode).toBe(701035);
  });
});

describe('what the corp bought of the app itself', () => {
  const appOrder = (order: object) => rig.control('app-order', { corpId: corp.corpId, ...order });
  const inDays = (days: number) => rig.sandbox.clock.now() + days * 86_400_000;

  test.each<[string, () => object, object, number]>([
    ['nothing at all', () => ({ kind: 'none' }), {}, 701129],
    ['an edition that ended', () => ({ kind: 'paid', endsAt: inDays(0) }), {}, 701130],
    ['a trial for fewer heads', () => ({ kind: 'trial', trialHeads: 1 }), {}, 701131],
    ['a trial, and a long order', () => ({ kind: 'trial', trialHeads: 9 }), years(12), 701133],
    ['an edition that lasts longer', () => ({ kind: 'paid', endsAt: inDays(400) }), years(12), 701135],
  ])('%s stops the order, taken away it does not', async (_what, order, change, errcode) => {
    await appOrder(order());
    expect((await create(change)).errcode).toBe(errcode);
    await appOrder({ kind: 'off' });
    expect((await create(change)).errcode).toBe(0);
  });

  test('an order that cannot be linked is made with a warning', async () => {
    await appOrder({ kind: 'trial', linkFails: true });
    expect(await create()).toMatchObject({ errcode: 0, errmsg: expect.stringContaining('WARNING') as string });
  });
});

test('a historic corp orders only after its migration, whose order has no pay_time', async () => {
  await rig.control('historic', { corpId: corp.corpId, historic: true });
  expect((await create()).errcode).toBe(701034);
  const { orderId } = await rig.control<{ orderId: string }>('orders', {
    ...{ corpId: corp.corpId, base: 3, months: 12, migration: 5 },
  });
  const { order } = await rig.licence('get_order', { order_id: orderId });
  expect(order).toMatchObject({ order_type: 5, order_status: 1 });
  expect(order).not.toHaveProperty('pay_time');
  expect((await rig.licence('list_order_account', { order_id: orderId })).account_list).toHaveLength(3);
  expect((await rig.licence('get_app_license_info', { corpid: corp.corpId, suite_id: corp.suiteId })).errcode).toBe(0);
  expect((await create()).errcode).toBe(0);
});

test('the relief policy has ended', async () => {
  expect((await rig.licence('support_policy_query', { corpid: corp.corpId })).errcode).toBe(701112);
});
