import { DAY_MS, startRig, START_MS, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';
const seconds = (ms: number) => Math.floor(ms / 1000);

async function codesOf(orderId: string): Promise<string[]> {
  const { account_list } = await rig.licence('list_order_account', { order_id: orderId });
  return (account_list as { active_code: string }[]).map((account) => account.active_code);
}
const activate = (active_code: string, userid: string) =>
  rig.licence('active_account', { corpid: corp.corpId, active_code, userid });
const activateByType = (userid: string, type: unknown = 1) =>
  rig.licence('active_account_by_type', { corpid: corp.corpId, userid, type });
const ofUser = (userid: string) => rig.licence('get_active_info_by_user', { corpid: corp.corpId, userid });
const ofCode = async (active_code: string) =>
  (await rig.licence('get_active_info_by_code', { corpid: corp.corpId, active_code })).active_info as Wire;

test('a year is 372 days from the first binding', async () => {
  const [code = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  expect(await ofCode(code)).toEqual({ active_code: code, type: 1, status: 1, create_time: seconds(START_MS) });
  await rig.advance('10d');
  expect((await activate(code, user(0))).errcode).toBe(0);
  const boundAt = START_MS + 10 * DAY_MS;
  const times = { active_time: seconds(boundAt), expire_time: seconds(boundAt + 372 * DAY_MS) };
  expect(await ofCode(code)).toMatchObject({ status: 2, userid: user(0), ...times });
  expect(await ofUser(user(0))).toMatchObject({
    active_status: 1,
    active_info_list: [{ active_code: code, type: 1, ...times }],
  });
  expect(await ofUser(user(1))).toMatchObject({ active_status: 0, active_info_list: [] });
});

test('a seat ends at its second; the list keeps it', async () => {
  await rig.buy(corp.corpId, { base: 1, months: 1 });
  await activateByType(user(0));
  const [code] = rig.sandbox.state.codes;
  const endsAt = START_MS + 31 * DAY_MS;
  await rig.moveTo(endsAt - 1000);
  expect(await ofCode(code?.code ?? '')).toMatchObject({ status: 2 });
  await rig.moveTo(endsAt);
  expect(await ofCode(code?.code ?? '')).toMatchObject({ status: 3 });
  const listed = await rig.licence('list_actived_account', { corpid: corp.corpId });
  expect(listed).toMatchObject({
    account_list: [{ userid: user(0), type: 1, expire_time: seconds(endsAt) }],
    ...{ has_more: 0, next_cursor: '' },
  });
  expect((listed.account_list as Wire[])[0]).not.toHaveProperty('active_code');
});

test('a code must be bound within 365 days, to the second', async () => {
  const [first = '', second = ''] = await codesOf(await rig.buy(corp.corpId, { base: 2, months: 12 }));
  await rig.moveTo(START_MS + 365 * DAY_MS - 1000);
  expect((await activate(first, user(0))).errcode).toBe(0);
  await rig.moveTo(START_MS + 365 * DAY_MS);
  expect((await activate(second, user(1))).errcode).toBe(701012);
  expect((await activateByType(user(1))).errcode).toBe(701010);
});

test('by type the code with the nearest deadline is taken, and only for who holds none', async () => {
  const [early = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  await rig.advance('1d');
  const [late = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  expect((await activateByType(user(0))).errcode).toBe(0);
  expect([await ofCode(early), await ofCode(late)]).toMatchObject([{ status: 2 }, { status: 1 }]);
  expect((await activateByType(user(0))).errcode).toBe(701011);
  expect((await activateByType(user(0), 3)).errcode).toBe(701007);
});

test('an expired seat is replaced by type; the old code dies with its expiry unchanged', async () => {
  const [old = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 1 }));
  await activate(old, user(0));
  await rig.advance('40d');
  const [fresh = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  expect((await activateByType(user(0))).errcode).toBe(0);
  expect(await ofCode(old)).toMatchObject({
    status: 5,
    expire_time: seconds(START_MS + 31 * DAY_MS),
    merge_info: { to_active_code: fresh },
  });
  expect(await ofCode(fresh)).toMatchObject({ merge_info: { from_active_code: old } });
});

test('re-activating by hand opens at 20 days left and adds what was left', async () => {
  const [old = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  await activate(old, user(0));
  await rig.moveTo(START_MS + 352 * DAY_MS - 1000);
  const [fresh = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  expect((await activate(fresh, user(0))).errcode).toBe(701082);
  await rig.moveTo(START_MS + 352 * DAY_MS);
  expect((await activate(fresh, user(0))).errcode).toBe(0);
  const now = START_MS + 352 * DAY_MS;
  expect(await ofCode(old)).toMatchObject({ status: 5, expire_time: seconds(now) });
  expect(await ofCode(fresh)).toMatchObject({ status: 2, expire_time: seconds(now + (372 + 20) * DAY_MS) });
  expect((await ofUser(user(0))).active_info_list).toHaveLength(1);
  expect((await activate(old, user(1))).errcode).toBe(701021);
});

test('merging may not pass five years', async () => {
  const [old = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  await activate(old, user(0));
  await rig.moveTo(START_MS + 362 * DAY_MS);
  const [long = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 60 }));
  expect((await activate(long, user(0))).errcode).toBe(701030);
  await rig.moveTo(START_MS + 372 * DAY_MS);
  expect((await activate(long, user(0))).errcode).toBe(0);
});

test('a member may hold one account of each type', async () => {
  await rig.buy(corp.corpId, { base: 1, externalContact: 1, months: 12 });
  expect((await activateByType(user(0), 1)).errcode).toBe(0);
  expect((await activateByType(user(0), 2)).errcode).toBe(0);
  const { active_info_list } = await ofUser(user(0));
  expect((active_info_list as Wire[]).map((info) => info.type)).toEqual([1, 2]);
});

test.each([
  ['a made-up code', () => ['madeup', user(0)], 701021],
  ['a bound code', () => [rig.sandbox.state.codes[0]?.code ?? '', user(0)], 701003],
  ['a made-up member', () => [rig.sandbox.state.codes[1]?.code ?? '', 'woNobody'], 701019],
  ['a member out of range', () => [rig.sandbox.state.codes[1]?.code ?? '', user(2)], 701088],
  ['a member who left', () => [rig.sandbox.state.codes[1]?.code ?? '', user(3)], 701019],
] as const)('binding refuses %s', async (_what, item, errcode) => {
  await rig.buy(corp.corpId, { base: 3, months: 12 });
  await activate(rig.sandbox.state.codes[0]?.code ?? '', user(1));
  await rig.control('members', { corpId: corp.corpId, userId: user(2), action: 'hide' });
  await rig.control('members', { corpId: corp.corpId, userId: user(3), action: 'leave' });
  const [code = '', userid = ''] = item();
  expect((await activate(code, userid)).errcode).toBe(errcode);
  expect((await activate(rig.sandbox.state.codes[2]?.code ?? '', user(0))).errcode).toBe(0);
});

test('a batch reports each item, and 701024 when all failed', async () => {
  const [first = '', second = ''] = await codesOf(await rig.buy(corp.corpId, { base: 2, months: 12 }));
  const batch = (active_list: unknown[]) => rig.licence('batch_active_account', { corpid: corp.corpId, active_list });
  const bad = { active_code: 'madeup', userid: user(1) };
  const mixed = await batch([{ active_code: first, userid: user(0) }, bad]);
  expect(mixed).toMatchObject({ errcode: 0, active_result: [{ errcode: 0 }, { ...bad, errcode: 701021 }] });
  expect(await batch([bad])).toMatchObject({ errcode: 701024, active_result: [{ errcode: 701021 }] });
  expect((await batch([])).errcode).toBe(701025);
  expect((await batch(Array(1001).fill({ active_code: second, userid: user(1) }))).errcode).toBe(701026);
});

test('codes are read in batches, unknown ones apart', async () => {
  const [first = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  const answer = await rig.licence('batch_get_active_info_by_code', {
    corpid: corp.corpId,
    active_code_list: [first, 'x'],
  });
  expect(answer).toMatchObject({ active_info_list: [{ active_code: first }], invalid_active_code_list: ['x'] });
});

test('listings come in pages', async () => {
  await rig.buy(corp.corpId, { base: 3, months: 12 });
  for (const index of [0, 1, 2]) await activateByType(user(index));
  const page = (cursor: unknown) => rig.licence('list_actived_account', { corpid: corp.corpId, limit: 2, cursor });
  const first = await page('');
  expect(first).toMatchObject({ has_more: 1, account_list: [{ userid: user(0) }, { userid: user(1) }] });
  expect(await page(first.next_cursor)).toMatchObject({
    has_more: 0,
    next_cursor: '',
    account_list: [{ userid: user(2) }],
  });
  expect((await rig.licence('list_actived_account', { corpid: corp.corpId, limit: 1001 })).errcode).toBe(40058);
});

test('corps do not see each other, nor do providers', async () => {
  const other = await rig.newCorp();
  const [code = ''] = await codesOf(await rig.buy(corp.corpId, { base: 1, months: 12 }));
  const ask = (name: string, more: object) => rig.licence(name, { corpid: other.corpId, ...more });
  expect((await ask('get_active_info_by_code', { active_code: code })).errcode).toBe(701021);
  expect((await ask('active_account', { active_code: code, userid: other.members[0]?.userId })).errcode).toBe(701021);
  expect((await ask('get_active_info_by_user', { userid: user(0) })).errcode).toBe(701019);
  const custom = await rig.newCorp({ kind: 'custom' });
  expect((await rig.licence('list_actived_account', { corpid: custom.corpId })).errcode).toBe(701015);
  expect((await ask('list_actived_account', {})).errcode).toBe(0);
});

test('within a batch a code and, per type, a member are taken once: the first one stands', async () => {
  const orderId = await rig.buy(corp.corpId, { base: 2, externalContact: 1, months: 12 });
  const [one = '', two = '', external = ''] = await codesOf(orderId);
  const active_list = [
    { active_code: one, userid: user(0) },
    { active_code: one, userid: user(1) },
    { active_code: two, userid: user(0) },
    { active_code: external, userid: user(0) },
  ];
  const { active_result } = await rig.licence('batch_active_account', { corpid: corp.corpId, active_list });
  expect((active_result as Wire[]).map(({ errcode }) => errcode)).toEqual([0, 701023, 701020, 0]);
  expect((await activate(two, user(1))).errcode).toBe(0);
});

test('by type a wrong type is 701007, anything else that is wrong with the call 40058', async () => {
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  for (const type of [0, 3, '1', undefined]) expect((await activateByType(user(0), type ?? null)).errcode).toBe(701007);
  const without = { corpid: corp.corpId, type: 1 };
  expect((await rig.licence('active_account_by_type', without)).errcode).toBe(40058);
  expect((await rig.licence('active_account_by_type', { userid: user(0), type: 1 })).errcode).toBe(40058);
  expect((await activateByType(user(0))).errcode).toBe(0);
});
