import { DAY_MS, startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp({ people: 4 });
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';

test('three years in one call are lived in order: codes made, night run, order lapsed, callbacks as they came', async () => {
  await rig.buy(corp.corpId, { base: 2, months: 60 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  await rig.buy(corp.corpId, { base: 1, months: 12 }, { generateSeconds: 7200 });
  await rig.advance('2h');
  await rig.control('orders', { corpId: corp.corpId, base: 1, months: 12 });
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'leave' });
  await rig.advance('1095d');
  await rig.sandbox.callbacksSettled();
  const after = await rig.corpOf(corp.corpId);
  expect(after.orders.map((order) => order.status)).toEqual([1, 1, 3]);
  // 3 in the morning of the next day in Shanghai
  expect(after.codes.find((code) => code.status === 4)?.waitingSince).toBe(Date.UTC(2026, 2, 10, 19));
  const heard = rig.app.received.map(({ fields }) => String(fields.InfoType)).filter((type) => type !== 'suite_ticket');
  expect(heard).toEqual(['create_auth', 'license_pay_success', 'license_pay_success', 'change_contact']);
});

test('who leaves between midnight and the night’s run leaves the code the night after', async () => {
  await rig.buy(corp.corpId, { base: 1, months: 60 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  // half past two in Shanghai, on the 11th
  await rig.moveTo(Date.UTC(2026, 2, 10, 18, 30));
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'leave' });
  await rig.advance('1h');
  expect((await rig.corpOf(corp.corpId)).codes[0]?.status).toBe(2);
  await rig.advance('90d');
  expect((await rig.corpOf(corp.corpId)).codes[0]?.waitingSince).toBe(Date.UTC(2026, 2, 11, 19));
});

test('on a running clock an order is never found paid, made and empty', async () => {
  const running = await startRig({ tick: true });
  try {
    const { corpId } = await running.newCorp();
    const orderId = await running.buy(corpId, { base: 2, months: 12 }, { generateSeconds: 0.3 });
    const ask = () => running.licence('list_order_account', { order_id: orderId });
    let answer = await ask();
    while (answer.errcode === 701022) answer = await ask();
    expect(answer.account_list).toHaveLength(2);
  } finally {
    await running.close();
  }
});

test('one long jump leaves the same truth as many short ones', async () => {
  const live = async (spans: string[]) => {
    await rig.control('restore', { name: 'start' });
    for (const span of spans) await rig.advance(span);
    return rig.corpOf(corp.corpId);
  };
  await rig.buy(corp.corpId, { base: 3, months: 1 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.control('seats', { corpId: corp.corpId, userId: user(1) });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  await rig.control('members', { corpId: corp.corpId, userId: user(1), action: 'hide' });
  await rig.control('orders', { corpId: corp.corpId, base: 1, months: 12 });
  await rig.control('snapshot', { name: 'start' });
  const short = await live(Array.from({ length: 60 }, () => '1d'));
  expect(await live(['60d'])).toEqual(short);
  expect(await live(['7h', '36d', '17h', '22d'])).toEqual(short);
});

test('a job of the console is done on the way', async () => {
  const { jobid } = await rig.licence('create_new_order_job', {
    buy_list: [{ corpid: corp.corpId, account_count: { base_count: 1 }, account_duration: { months: 12 } }],
  });
  await rig.licence('submit_new_order_job', { jobid, buyer_userid: 'zhangsan' });
  await rig.advance('3y');
  const { orders } = await rig.corpOf(corp.corpId);
  expect(orders).toMatchObject([{ createdAt: START_MS + 2000, status: 3 }]);
});

test('without HTTP the same orders are taken, the same refusals thrown, and the truth told', () => {
  const { sandbox } = rig;
  const { orderId } = sandbox.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 1, months: 12 });
  expect(() => sandbox.order('orders', { corpId: corp.corpId, base: 1, months: 12 })).toThrow('unpaid');
  expect(() => sandbox.order('orders', { corpId: 'wpNobody', base: 1, months: 12 })).toThrow('no corp');
  sandbox.order(`orders/${orderId}/pay`);
  sandbox.order('seats', { corpId: corp.corpId, userId: user(0) });
  sandbox.order('transfers', { corpId: corp.corpId, from: user(0), to: user(1) });
  const truth = sandbox.truth(corp.corpId);
  const [code] = truth.codes;
  expect(truth.handovers).toEqual([
    { at: START_MS, code: code?.code, fromUserId: user(0), toUserId: user(1), by: 'transfer' },
  ]);
  expect(truth.members[1]?.seats).toEqual([
    { type: 1, code: code?.code, activeAt: START_MS, expiresAt: START_MS + 372 * DAY_MS },
  ]);
});

test('what a merge did can be read from the truth', async () => {
  const { sandbox } = rig;
  const buy = () => {
    const { orderId } = sandbox.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 1, months: 12 });
    sandbox.order(`orders/${orderId}/pay`);
  };
  buy();
  sandbox.order('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.advance('360d');
  buy();
  sandbox.order('seats', { corpId: corp.corpId, userId: user(0) });
  const [old, young] = sandbox.truth(corp.corpId).codes;
  expect(old).toMatchObject({ status: 5, mergedInto: young?.code, expiresAt: START_MS + 360 * DAY_MS });
  expect(young).toMatchObject({ status: 2, mergedFrom: old?.code, expiresAt: START_MS + 744 * DAY_MS });
});
