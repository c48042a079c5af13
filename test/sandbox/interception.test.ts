import { authorize, codeOf, identity, locationOf, open, phoneOf } from './rig/logins';
import { DAY_MS, startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
let phone: string;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  phone = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '');
});
afterEach(() => rig.close());

const toTrialEnd = () => rig.moveTo(START_MS + 90 * DAY_MS);
const notices = async () => {
  await rig.sandbox.callbacksSettled();
  return rig.app.of('unlicensed_notify');
};

test('a member without a seat is reported once the trial is over, not before', async () => {
  await rig.moveTo(START_MS + 90 * DAY_MS - 1000);
  await open(rig, phone, 'workbench');
  expect(await notices()).toHaveLength(0);
  await toTrialEnd();
  await open(rig, phone, 'workbench');
  await authorize(rig, phone);
  const [notice, ...more] = await notices();
  expect(more).toEqual([]);
  expect(notice).toMatchObject({ channel: 'data', receiveId: corp.corpId });
  expect(notice?.fields).toEqual({
    ToUserName: corp.corpId,
    FromUserName: corp.members[0]?.userId,
    CreateTime: String((START_MS + 90 * DAY_MS) / 1000),
    ...{ MsgType: 'event', Event: 'unlicensed_notify', AgentID: String(corp.agentId) },
  });
});

test('nobody is reported who is out of range, holds a seat, or is of an unchecked corp', async () => {
  await toTrialEnd();
  const member = { corpId: corp.corpId, userId: corp.members[0]?.userId };
  await rig.control('members', { ...member, action: 'hide' });
  await open(rig, phone, 'qr');
  expect(await notices()).toHaveLength(0);
  await rig.control('members', { ...member, action: 'show' });
  await rig.buy(corp.corpId, { base: 1, months: 1 });
  await rig.control('seats', member);
  await open(rig, phone, 'qr');
  expect(await notices()).toHaveLength(0);
  await rig.advance('31d');
  await open(rig, phone, 'qr');
  expect(await notices()).toHaveLength(1);
});

test('an external-contact seat serves as well', async () => {
  await toTrialEnd();
  await rig.buy(corp.corpId, { externalContact: 1, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId, type: 2 });
  await open(rig, phone, 'qr');
  expect(await notices()).toHaveLength(0);
});

test('who opens the mini-program is reported as well, and stopped by `page`', async () => {
  await toTrialEnd();
  const login = () => rig.refused(`phones/${phone}/mini-login`, {});
  expect(await login()).toMatchObject({ status: 200 });
  expect(await notices()).toHaveLength(1);
  await rig.control('settings', { interception: 'page' });
  expect(await login()).toMatchObject({ status: 400 });
  await rig.buy(corp.corpId, { base: 1, months: 1 });
  await rig.control('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId });
  expect(await login()).toMatchObject({ status: 200 });
});

test('`notify` lets the page load', async () => {
  await toTrialEnd();
  expect(await open(rig, phone, 'workbench')).toMatch(rig.app.url);
  expect(await identity(rig, await codeOf(rig, phone))).toMatchObject({ userid: corp.members[0]?.userId });
});

test("`page` shows WeCom's own page in the app's place, to the unlicensed only", async () => {
  await rig.control('settings', { interception: 'page' });
  expect(await open(rig, phone, 'workbench')).toMatch(rig.app.url);
  await toTrialEnd();
  const url = await open(rig, phone, 'workbench');
  expect(url).toMatch(`${rig.sandbox.origin}/wwopen/unlicensed`);
  expect((await fetch(url)).headers.get('x-sandbox-page')).toBe('unlicensed');
  const answer = await authorize(rig, phone);
  expect([answer.status, answer.headers.get('x-sandbox-page')]).toEqual([200, 'unlicensed']);
});

test('`refuse` answers 701099 at the identity, to the unlicensed only', async () => {
  await rig.control('settings', { interception: 'refuse' });
  expect((await identity(rig, await codeOf(rig, phone))).errcode).toBe(0);
  await toTrialEnd();
  expect(locationOf(await authorize(rig, phone)).searchParams.get('code')).toBeTruthy();
  expect((await identity(rig, await codeOf(rig, phone))).errcode).toBe(701099);
});
