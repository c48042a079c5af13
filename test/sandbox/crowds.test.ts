import { startRig, THIRD_PARTY_SUITE, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

type Seeded = { corps: { corpId: string; agentId: number; permanentCode: string }[] };
const seed = (corps: number, seats: number) => rig.sandbox.order<Seeded>('crowds', { corps, seats }).corps;
const pages = async (name: string, body: object, list: string) => {
  const all: Wire[] = [];
  let cursor = '';
  do {
    const page = await rig.licence(name, { ...body, limit: 400, cursor });
    all.push(...(page[list] as Wire[]));
    cursor = String(page.next_cursor);
  } while (cursor !== '');
  return all;
};
const listings = async (corpid: string) => {
  const [order] = await pages('list_order', { corpid }, 'order_list');
  const codes = await pages('list_order_account', { order_id: order?.order_id }, 'account_list');
  const { active_info_list } = await rig.licence('batch_get_active_info_by_code', {
    ...{ corpid, active_code_list: codes.slice(-3).map((code) => code.active_code) },
  });
  const accounts = await pages('list_actived_account', { corpid }, 'account_list');
  return { codes, accounts, infos: active_info_list };
};

test('a crowd reads the same before and after its people are made one by one', async () => {
  const [corp] = seed(2, 1000);
  const corpid = corp?.corpId ?? '';
  const before = await listings(corpid);
  expect([before.codes.length, before.accounts.length]).toEqual([1000, 1000]);
  expect(new Set(before.accounts.map((one) => one.userid)).size).toBe(1000);
  expect(rig.sandbox.state.codes).toHaveLength(0);
  const truth = rig.sandbox.truth(corpid);
  expect(truth.codes).toHaveLength(1000);
  expect(await listings(corpid)).toEqual(before);
  expect(before.accounts[7]).toMatchObject({ userid: truth.codes[7]?.userId, type: 1 });
});

test('somebody of a crowd can act like anybody', async () => {
  const [corp, other] = seed(2, 5);
  const corpId = corp?.corpId ?? '';
  const [first] = await pages('list_actived_account', { corpid: corpId }, 'account_list');
  await rig.control('members', { corpId, userId: first?.userid, action: 'leave' });
  await rig.control('auto-activation', { corpId, on: true });
  await rig.advance('1d');
  const waiting = rig.sandbox.truth(corpId).codes.filter((code) => code.status === 4);
  expect(waiting.map((code) => code.userId)).toEqual([first?.userid]);
  expect(rig.sandbox.state.codes.some((code) => code.corpId === other?.corpId)).toBe(false);
});

test('a refund ends the seats of a crowd that nobody has looked at', async () => {
  const [corp] = seed(1, 5);
  const corpId = corp?.corpId ?? '';
  const [order] = await pages('list_order', { corpid: corpId }, 'order_list');
  await rig.control(`orders/${String(order?.order_id)}/refund`, {});
  const now = rig.sandbox.clock.now();
  expect(rig.sandbox.truth(corpId).codes.filter((code) => (code.expiresAt ?? 0) > now)).toEqual([]);
});

test('ten thousand corps are seeded without a callback, and each can be spoken for', async () => {
  await rig.sandbox.callbacksSettled();
  const heard = rig.app.received.length;
  const corps = seed(10_000, 1000);
  const last = corps.at(-1);
  const query = { suite_access_token: await rig.suiteToken(THIRD_PARTY_SUITE) };
  const request = { auth_corpid: last?.corpId, permanent_code: last?.permanentCode };
  expect(await rig.wire('service/get_corp_token', query, request)).toHaveProperty('access_token');
  expect(await rig.licence('list_actived_account', { corpid: last?.corpId, limit: 1000 })).toMatchObject({
    has_more: 0,
  });
  await rig.advance('3y');
  await rig.sandbox.callbacksSettled();
  expect(rig.app.received.slice(heard).every(({ fields }) => fields.InfoType === 'suite_ticket')).toBe(true);
});
