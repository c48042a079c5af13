import { DAY_MS, startRig, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corps: CorpView[];
beforeEach(async () => {
  rig = await startRig();
  corps = [await rig.newCorp(), await rig.newCorp(), await rig.newCorp()];
});
afterEach(() => rig.close());

const corpId = (index: number) => corps[index]?.corpId ?? '';
const entry = (index: number, change: object = {}) => ({
  corpid: corpId(index),
  account_count: { base_count: 2, external_contact_count: 0 },
  account_duration: { months: 12, days: 0 },
  ...change,
});
const collect = (buy_list: object[], jobid?: unknown) =>
  rig.licence('create_new_order_job', { buy_list, ...(jobid ? { jobid } : {}) });
const submit = (jobid: unknown) => rig.licence('submit_new_order_job', { jobid, buyer_userid: 'zhangsan' });
const result = (jobid: unknown) => rig.licence('new_order_job_result', { jobid });
const union = (order_id: unknown) => rig.licence('get_union_order', { order_id });
/** A multi-corp order for these corps, unpaid. */
const order = async (entries: object[]) => {
  const { jobid } = await collect(entries);
  await submit(jobid);
  await rig.advance('2s');
  return String((await result(jobid)).order_id);
};
const status = async (order_id: unknown) => ((await union(order_id)).order as Wire).order_status;

test('a job becomes one order with a part for each corp, and each part is paid for with it', async () => {
  const { jobid } = await collect([entry(0)]);
  expect((await collect([entry(1, { auto_active_status: 0 })], jobid)).jobid).toBe(jobid);
  expect((await result(jobid)).errcode).toBe(701125);
  expect((await submit(jobid)).errcode).toBe(0);
  expect(await result(jobid)).toMatchObject({ status: 2 });
  await rig.advance('2s');
  const { order_id } = await result(jobid);
  const found = await union(order_id);
  const parts = found.buy_list as Wire[];
  expect(found).toMatchObject({ order: { order_type: 8, order_status: 0 } });
  expect(parts.map((part) => part.corpid)).toEqual([corpId(0), corpId(1)]);
  await rig.control(`orders/${String(order_id)}/pay`);
  await rig.sandbox.callbacksSettled();
  expect(await status(order_id)).toBe(1);
  expect(rig.app.of('license_pay_success').map(({ fields }) => fields.OrderId)).toEqual(
    parts.map((part) => part.sub_order_id),
  );
  const { account_list } = await rig.licence('list_order_account', { order_id: parts[0]?.sub_order_id });
  expect(account_list).toHaveLength(2);
});

test('auto-activation is switched on unless the entry says otherwise', async () => {
  const orderId = await order([entry(0), entry(1, { auto_active_status: 0 })]);
  expect((await rig.corpOf(corpId(0))).autoActivation).toBe(false);
  await rig.control(`orders/${orderId}/pay`);
  expect((await rig.corpOf(corpId(0))).autoActivation).toBe(true);
  expect((await rig.corpOf(corpId(1))).autoActivation).toBe(false);
});

test('the order is listed as a whole and only where no corp is named', async () => {
  const orderId = await order([entry(0)]);
  expect((await rig.licence('list_order', { corpid: corpId(0) })).order_list).toEqual([]);
  expect((await rig.licence('list_order', {})).order_list).toEqual([{ order_id: orderId, order_type: 8 }]);
  expect((await rig.licence('get_order', { order_id: orderId })).errcode).toBe(701120);
  const part = ((await union(orderId)).buy_list as Wire[])[0]?.sub_order_id;
  expect(await rig.licence('get_order', { order_id: part })).toMatchObject({ order: { order_type: 1 } });
});

test('corps that cannot be in it are named, the others stay', async () => {
  const test = await rig.control<CorpView>('corps', { name: '测试', test: true });
  await rig.control('install', { corpId: test.corpId });
  const { jobid, invalid_list } = await collect([
    entry(0),
    entry(0),
    entry(1, { corpid: test.corpId }),
    entry(2, { corpid: 'wpNobody' }),
  ]);
  expect((invalid_list as Wire[]).map((one) => one.errcode)).toEqual([701124, 701121, 40013]);
  await submit(jobid);
  expect((await submit(jobid)).errcode).toBe(701126);
});

test('a corp that may no longer order falls out when the order is made; with none left the job fails', async () => {
  const { jobid } = await collect([entry(0), entry(1)]);
  await submit(jobid);
  await rig.control('uninstall', { corpId: corpId(1) });
  await rig.advance('2s');
  expect(await result(jobid)).toMatchObject({ status: 1, fail_list: [{ corpid: corpId(1), errcode: 701015 }] });
  const second = (await collect([entry(2)])).jobid;
  await submit(second);
  await rig.control('uninstall', { corpId: corpId(2) });
  await rig.advance('2s');
  expect(await result(second)).toMatchObject({ status: 3, fail_list: [{ errcode: 701015 }] });
});

test('ten corps a call, and results for seven days', async () => {
  expect((await collect(Array.from({ length: 11 }, () => entry(0)))).errcode).toBe(701026);
  const { jobid } = await collect([entry(0)]);
  await submit(jobid);
  await rig.moveTo(rig.sandbox.clock.now() + 7 * DAY_MS);
  expect((await result(jobid)).errcode).toBe(0);
  await rig.advance('1s');
  expect((await result(jobid)).errcode).toBe(40058);
});

test('cancelled or lapsed it takes its parts along, and frees the corps to order', async () => {
  const orderId = await order([entry(0), entry(1)]);
  const buy = () => rig.refused('orders', { corpId: corpId(0), base: 1, months: 12 });
  expect((await buy()).body.error.errcode).toBe(701032);
  expect((await rig.licence('cancel_order', { order_id: orderId, corpid: corpId(0) })).errcode).toBe(701086);
  expect((await rig.licence('cancel_order', { order_id: orderId })).errcode).toBe(0);
  expect(await status(orderId)).toBe(2);
  const again = await order([entry(0), entry(1)]);
  await rig.advance('8d');
  expect(await status(again)).toBe(3);
  expect((await buy()).status).toBe(200);
});

describe('paying from the balance', () => {
  const pay = (order_id: unknown) => rig.licence('submit_pay_job', { payer_userid: 'zhangsan', order_id });
  const paid = (jobid: unknown) => rig.licence('pay_job_result', { jobid });
  const balance = async () => {
    const query = { provider_access_token: await rig.providerToken() };
    return (await rig.wire('service/get_account_balance', query)).balance as number;
  };

  test('the money goes when the job is done, and the codes come', async () => {
    const before = await balance();
    const orderId = await order([entry(0)]);
    const { jobid } = await pay(orderId);
    expect(await paid(jobid)).toMatchObject({ status: 2 });
    expect((await rig.licence('cancel_order', { order_id: orderId })).errcode).toBe(701085);
    await rig.advance('2s');
    expect(await paid(jobid)).toMatchObject({ errcode: 0, status: 1 });
    expect(await balance()).toBe(before - 1000);
    expect((await rig.corpOf(corpId(0))).codes).toHaveLength(2);
    expect((await pay(orderId)).errcode).toBe(701084);
  });

  test('a failure shows in status, the top level says 0; afterwards it may be tried again', async () => {
    const orderId = await order([entry(0)]);
    await rig.control('balance', { fen: 10 });
    const { jobid } = await pay(orderId);
    await rig.advance('2s');
    expect(await paid(jobid)).toMatchObject({ errcode: 0, status: 3, pay_job_result: { errcode: 701085 } });
    await rig.control('balance', { fen: 10_000 });
    const second = await pay(orderId);
    await rig.advance('2s');
    expect(await paid(second.jobid)).toMatchObject({ status: 1 });
  });

  test('a corp whose app order ended meanwhile is named', async () => {
    const orderId = await order([entry(0), entry(1)]);
    await rig.control('app-order', { corpId: corpId(1), kind: 'paid', endsAt: rig.sandbox.clock.now() });
    const { jobid } = await pay(orderId);
    await rig.advance('2s');
    expect(await paid(jobid)).toMatchObject({
      pay_job_result: { errcode: 701160, fail_corp_list: [{ corpid: corpId(1), errcode: 701130 }] },
    });
  });

  test('an order set to be paid in the console is 701161, until it is not', async () => {
    const orderId = await order([entry(0)]);
    await rig.control(`orders/${orderId}/pay-method`, { method: 'console' });
    expect((await pay(orderId)).errcode).toBe(701161);
    await rig.control(`orders/${orderId}/pay-method`, { method: null });
    expect((await pay(orderId)).errcode).toBe(0);
  });
});
