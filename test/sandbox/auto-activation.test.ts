import { authorize, codeOf, customQuery, identity, open, phoneOf } from './rig/logins';
import { DAY_MS, startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

const TRIAL_END_MS = START_MS + 90 * DAY_MS;

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';

/** A corp past its trial with this many free seats and auto-activation on. */
async function afterTrial(base: number, months = 12): Promise<void> {
  await rig.moveTo(TRIAL_END_MS);
  await rig.buy(corp.corpId, { base, months });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
}

/** Opens the app this way and logs in by OAuth. */
async function enter(index: number, entry: Parameters<typeof open>[2], query: Record<string, string> = {}) {
  const phone = await phoneOf(rig, corp.corpId, user(index));
  await open(rig, phone, entry);
  return authorize(rig, phone, query);
}

/** Lets what is on its way happen: moving the clock by nothing hurries it. */
async function settle(): Promise<void> {
  await rig.advance('0s');
  await rig.sandbox.callbacksSettled();
}

const seatsOf = async (index: number) => (await rig.corpOf(corp.corpId)).members[index]?.seats ?? [];

test.each(['workbench', 'card'] as const)('opening from the %s activates, and the provider is told', async (entry) => {
  await afterTrial(1);
  await enter(0, entry);
  expect(await seatsOf(0)).toEqual([]);
  await settle();
  const [seat] = await seatsOf(0);
  expect(seat?.expiresAt).toBe(TRIAL_END_MS + 372 * DAY_MS);
  const [notice] = rig.app.of('auto_activate');
  expect(notice).toMatchObject({ channel: 'system' });
  expect(notice?.fields).toMatchObject({ Scene: '1', AuthCorpId: corp.corpId });
  expect(notice?.fields.AccountList).toEqual({
    ActiveCode: seat?.code,
    Type: '1',
    ExpireTime: String((seat?.expiresAt ?? 0) / 1000),
    UserId: user(0),
    PreviousStatus: '1',
  });
  expect(rig.app.of('unlicensed_notify')).toHaveLength(0);
});

test.each(['share', 'qr', 'link'] as const)('opening from %s logs in but does not activate', async (entry) => {
  await afterTrial(1);
  const phone = await phoneOf(rig, corp.corpId, user(0));
  await open(rig, phone, entry);
  expect(await identity(rig, await codeOf(rig, phone))).toMatchObject({ userid: user(0) });
  await settle();
  expect(await seatsOf(0)).toEqual([]);
});

test('agentid in the URL activates wherever it was opened', async () => {
  await afterTrial(1);
  await enter(0, 'qr', { appid: corp.corpId, agentid: String(corp.agentId) });
  await settle();
  expect(await seatsOf(0)).toHaveLength(1);
});

test('a custom app always names its agent, so it activates from a code too', async () => {
  const custom = await rig.newCorp({ kind: 'custom' });
  await rig.advance('90d');
  await rig.buy(custom.corpId, { base: 1, months: 12 });
  await rig.control('auto-activation', { corpId: custom.corpId, on: true });
  const phone = await phoneOf(rig, custom.corpId, custom.members[0]?.userId ?? '');
  await open(rig, phone, 'qr');
  await authorize(rig, phone, customQuery(rig, custom));
  await settle();
  expect(rig.customApp.of('auto_activate')).toHaveLength(1);
});

test('one free code serves one of two who come at once: the other is reported and stopped', async () => {
  await afterTrial(1);
  await rig.control('settings', { interception: 'page' });
  expect((await enter(0, 'workbench')).status).toBe(302);
  expect((await enter(0, 'workbench')).status).toBe(302);
  expect((await enter(1, 'workbench')).headers.get('x-sandbox-page')).toBe('unlicensed');
  await settle();
  expect([(await seatsOf(0)).length, (await seatsOf(1)).length]).toEqual([1, 0]);
  expect(rig.app.of('unlicensed_notify').map(({ fields }) => fields.FromUserName)).toEqual([user(1)]);
});

test('activation comes some moments after the login by itself', async () => {
  await afterTrial(1);
  await enter(0, 'workbench');
  expect(await seatsOf(0)).toEqual([]);
  while ((await seatsOf(0)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(rig.sandbox.clock.now()).toBe(TRIAL_END_MS);
});

test('during the trial it acts in the last 7 days only, to the second', async () => {
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  await rig.moveTo(TRIAL_END_MS - 7 * DAY_MS - 1000);
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toEqual([]);
  await rig.moveTo(TRIAL_END_MS - 7 * DAY_MS);
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toHaveLength(1);
});

test('a seat is renewed from 7 days before its end and says what was before', async () => {
  await afterTrial(2, 1);
  await enter(0, 'workbench');
  await settle();
  const [first] = await seatsOf(0);
  const endsAt = TRIAL_END_MS + 31 * DAY_MS;
  await rig.moveTo(endsAt - 7 * DAY_MS - 1000);
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toEqual([first]);
  await rig.moveTo(endsAt - 7 * DAY_MS);
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toMatchObject([{ expiresAt: endsAt - 7 * DAY_MS + (31 + 7) * DAY_MS }]);
  const account = rig.app.of('auto_activate')[1]?.fields.AccountList;
  expect(account).toMatchObject({ PreviousStatus: '2', PreviousActiveCode: first?.code });
});

test('an expired seat is replaced with PreviousStatus 3', async () => {
  await afterTrial(2, 1);
  await enter(0, 'workbench');
  await settle();
  await rig.advance('31d');
  await enter(0, 'workbench');
  await settle();
  expect(rig.app.of('auto_activate')[1]?.fields.AccountList).toMatchObject({ PreviousStatus: '3' });
});

test('several members at once are one notice with a list per account', async () => {
  await afterTrial(3);
  for (const index of [0, 1, 2]) await enter(index, 'workbench');
  await settle();
  const [notice, ...more] = rig.app.of('auto_activate');
  expect(more).toEqual([]);
  expect(notice?.fields.AccountList).toMatchObject([{ UserId: user(0) }, { UserId: user(1) }, { UserId: user(2) }]);
  expect(notice?.xml.match(/<AccountList>/g)).toHaveLength(3);
});

test('the code with the nearest deadline goes first; without a free one nothing happens', async () => {
  await afterTrial(1);
  await rig.advance('1d');
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  const [early] = rig.sandbox.state.codes;
  await enter(0, 'workbench');
  await settle();
  expect((await seatsOf(0))[0]?.code).toBe(early?.code);
  await enter(1, 'workbench');
  await enter(2, 'workbench');
  await settle();
  expect([(await seatsOf(1)).length, (await seatsOf(2)).length]).toEqual([1, 0]);
});

test('it needs the switch, the range and an installed app', async () => {
  await afterTrial(2);
  await rig.control('auto-activation', { corpId: corp.corpId, on: false });
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toEqual([]);
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'hide' });
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toEqual([]);
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'show' });
  await enter(0, 'workbench');
  await settle();
  expect(await seatsOf(0)).toHaveLength(1);
});

test("a leaver's code waits for transfer from the next morning, and goes to the next who opens the app", async () => {
  await afterTrial(1);
  await enter(0, 'workbench');
  await settle();
  const [seat] = await seatsOf(0);
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'leave' });
  const statusNow = async () => (await rig.corpOf(corp.corpId)).codes[0]?.status;
  // noon of one day in Shanghai: the sweep is at three the next morning
  await rig.advance('14h');
  expect(await statusNow()).toBe(2);
  await enter(1, 'workbench');
  await settle();
  expect(await seatsOf(1)).toEqual([]);
  await rig.advance('1h');
  expect(await statusNow()).toBe(4);
  await enter(1, 'workbench');
  await settle();
  expect(await seatsOf(1)).toMatchObject([{ code: seat?.code, expiresAt: seat?.expiresAt }]);
});

describe('a code that waits for transfer', () => {
  const act = (action: string) => rig.control('members', { corpId: corp.corpId, userId: user(0), action });
  beforeEach(async () => {
    await afterTrial(1);
    await enter(0, 'workbench');
    await settle();
    await act('hide');
    await rig.advance('1d');
  });
  const codes = async () => (await rig.corpOf(corp.corpId)).codes;

  test('is its member’s again when the member is back in range', async () => {
    const [waiting] = await codes();
    expect(waiting).toMatchObject({ status: 4, userId: user(0) });
    await act('show');
    expect(await codes()).toMatchObject([{ status: 2, userId: user(0), expiresAt: waiting?.expiresAt }]);
    await enter(1, 'workbench');
    await settle();
    expect(await seatsOf(1)).toEqual([]);
    expect((await rig.corpOf(corp.corpId)).handovers).toEqual([]);
  });

  test('stays with whom it was handed on to', async () => {
    await enter(1, 'workbench');
    await settle();
    await act('show');
    expect(await codes()).toMatchObject([{ status: 2, userId: user(1) }]);
    expect(await seatsOf(0)).toEqual([]);
  });
});

test('without auto-activation a leaver keeps the code', async () => {
  await afterTrial(1);
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
  await rig.control('auto-activation', { corpId: corp.corpId, on: false });
  await rig.control('members', { corpId: corp.corpId, userId: user(0), action: 'leave' });
  await rig.advance('10d');
  expect((await rig.corpOf(corp.corpId)).codes[0]?.status).toBe(2);
});
