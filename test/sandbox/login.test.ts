import {
  authorize,
  codeOf,
  customQuery,
  CUSTOM_SUITE,
  identity,
  locationOf,
  open,
  outsiderPhone,
  phoneOf,
  THIRD_PARTY_SUITE,
} from './rig/logins';
import { corpToken, startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
let phone: string;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  phone = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '');
});
afterEach(() => rig.close());

const refusalOf = (response: Response) => response.headers.get('x-sandbox-errcode');

test('OAuth brings the member back with code and state', async () => {
  const back = locationOf(await authorize(rig, phone));
  expect(back.origin + back.pathname).toBe(`${rig.app.url}/login/callback`);
  expect(back.searchParams.get('state')).toBe('abc123');
  const answer = await identity(rig, back.searchParams.get('code') ?? '');
  const [member] = corp.members;
  expect(answer).toEqual({
    errcode: 0,
    errmsg: 'ok',
    corpid: corp.corpId,
    userid: member?.userId,
    open_userid: expect.any(String),
  });
});

test('the old path answers in capitals', async () => {
  const answer = await identity(rig, await codeOf(rig, phone), 'service/getuserinfo3rd');
  expect(answer).toMatchObject({ CorpId: corp.corpId, UserId: corp.members[0]?.userId, DeviceId: expect.any(String) });
  expect(answer).not.toHaveProperty('userid');
});

test('a code works once and for five minutes', async () => {
  const used = await codeOf(rig, phone);
  expect((await identity(rig, used)).errcode).toBe(0);
  expect((await identity(rig, used)).errcode).toBe(42022);
  const [fresh, late] = [await codeOf(rig, phone), await codeOf(rig, phone)];
  await rig.advance('299s');
  expect((await identity(rig, fresh)).errcode).toBe(0);
  await rig.advance('1s');
  expect((await identity(rig, late)).errcode).toBe(40029);
  expect((await identity(rig, 'madeup')).errcode).toBe(40029);
});

test.each([
  ['a foreign domain', { redirect_uri: 'https://elsewhere.example/' }, '50001'],
  ['another port of the same host', { redirect_uri: 'http://127.0.0.1:1/' }, '50001'],
  ['a state with a dash', { state: 'a-b' }, '84025'],
  ['a state of 129 letters', { state: 'a'.repeat(129) }, '84025'],
  ['a made-up appid', { appid: 'wwnobody' }, '40013'],
  ['a missing scope', { scope: '' }, '40058'],
])('OAuth refuses %s', async (_what, query, errcode) => {
  expect(refusalOf(await authorize(rig, phone, query))).toBe(errcode);
  expect(refusalOf(await authorize(rig, phone, { state: 'a'.repeat(128) }))).toBeNull();
});

test('a member of a corp that never installed the app passes OAuth', async () => {
  const stranger = await rig.newCorp({ install: false });
  const strangePhone = await phoneOf(rig, stranger.corpId, stranger.members[0]?.userId ?? '');
  expect(await identity(rig, await codeOf(rig, strangePhone))).toMatchObject({ corpid: stranger.corpId });
});

test('people without WeCom and people who left are openids only', async () => {
  const answer = await identity(rig, await codeOf(rig, await outsiderPhone(rig)));
  expect(answer).toEqual({ errcode: 0, errmsg: 'ok', openid: expect.any(String) });
  await rig.control('members', { corpId: corp.corpId, userId: corp.members[0]?.userId, action: 'leave' });
  expect(await identity(rig, await codeOf(rig, phone))).not.toHaveProperty('corpid');
});

test('private information gives a user_ticket to members in range', async () => {
  const answer = await identity(rig, await codeOf(rig, phone, { scope: 'snsapi_privateinfo' }));
  expect(answer).toMatchObject({ user_ticket: expect.any(String), expires_in: 7200 });
  const query = { suite_access_token: await rig.suiteToken() };
  const detail = (user_ticket: unknown) => rig.wire('service/auth/getuserdetail3rd', query, { user_ticket });
  expect(await detail(answer.user_ticket)).toMatchObject({
    userid: corp.members[0]?.userId,
    name: corp.members[0]?.userId,
  });
  expect((await detail('madeup')).errcode).toBe(84015);
  expect((await detail('')).errcode).toBe(84090);
});

test('a custom app logs in by corpid and agentid; the 3rd variant is forbidden; other corps are openids', async () => {
  const custom = await rig.newCorp({ kind: 'custom' });
  const own = await phoneOf(rig, custom.corpId, custom.members[0]?.userId ?? '');
  const query = customQuery(rig, custom);
  const access_token = await corpToken(rig, custom);
  const ask = async (code: string, path = 'auth/getuserinfo') => rig.wire(path, { access_token, code });
  expect(await ask(await codeOf(rig, own, query))).toEqual({
    errcode: 0,
    errmsg: 'ok',
    userid: custom.members[0]?.userId,
  });
  const old = await ask(await codeOf(rig, own, query), 'user/getuserinfo');
  expect(old).toMatchObject({ UserId: custom.members[0]?.userId });
  expect(await ask(await codeOf(rig, phone, query))).toEqual({ errcode: 0, errmsg: 'ok', openid: expect.any(String) });
  const suite_access_token = await rig.suiteToken(CUSTOM_SUITE);
  const code = await codeOf(rig, own, query);
  expect((await rig.wire('service/auth/getuserinfo3rd', { suite_access_token, code })).errcode).toBe(48002);
  expect(refusalOf(await authorize(rig, own, { ...query, agentid: '999' }))).toBe('40056');
});

test('one corp cannot spend the code made for another', async () => {
  const [a, b] = [await rig.newCorp({ kind: 'custom' }), await rig.newCorp({ kind: 'custom' })];
  const code = await codeOf(rig, await phoneOf(rig, a.corpId, a.members[0]?.userId ?? ''), customQuery(rig, a));
  const spend = async (corp: CorpView) =>
    rig.wire('auth/getuserinfo', { access_token: await corpToken(rig, corp), code });
  expect((await spend(b)).errcode).toBe(40029);
});

test('a browser without WeCom gets no code; without a phone one is asked whose it is', async () => {
  const browser = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '', 'browser');
  expect(await (await authorize(rig, browser)).text()).toContain('请在企业微信客户端打开链接');
  const asked = await authorize(rig, '');
  expect(asked.status).toBe(200);
  const person = new URLSearchParams({ person: `${corp.corpId}/${corp.members[0]?.userId}` });
  const back = await fetch(asked.url, { method: 'POST', body: person, redirect: 'manual' });
  expect(await identity(rig, locationOf(back).searchParams.get('code') ?? '')).toMatchObject({ corpid: corp.corpId });
});

test('scan login: the person who scans comes back with a code for the same exchange', async () => {
  const url = new URL('/wwlogin/sso/login', rig.sandbox.origin);
  const query = { login_type: 'ServiceApp', appid: THIRD_PARTY_SUITE.suiteId, state: 'x1' };
  url.search = new URLSearchParams({ ...query, redirect_uri: `${rig.app.url}/login/callback` }).toString();
  const person = new URLSearchParams({ person: `${corp.corpId}/${corp.members[1]?.userId}` });
  const back = locationOf(await fetch(url, { method: 'POST', body: person, redirect: 'manual' }));
  expect(await identity(rig, back.searchParams.get('code') ?? '')).toMatchObject({ userid: corp.members[1]?.userId });
  url.searchParams.set('login_type', 'CorpApp');
  expect(refusalOf(await fetch(url))).toBe('40058');
});

test('business settings open with a code that names the administrator, once and for five minutes', async () => {
  const admin = await phoneOf(rig, corp.corpId, corp.members[1]?.userId ?? '', 'browser');
  const codeFrom = async () => new URL(await open(rig, admin, 'settings')).searchParams.get('auth_code');
  const ask = async (auth_code: string | null) =>
    rig.wire('service/get_login_info', { access_token: await rig.providerToken() }, { auth_code });
  const code = await codeFrom();
  expect(await ask(code)).toMatchObject({
    usertype: 1,
    user_info: { userid: corp.members[1]?.userId },
    corp_info: { corpid: corp.corpId },
    agent: [{ agentid: corp.agentId, auth_type: 1 }],
  });
  expect((await ask(code)).errcode).toBe(42022);
  const late = await codeFrom();
  await rig.advance('5m');
  expect((await ask(late)).errcode).toBe(40029);
});

test('the mini-program logs in by suite or by corp token', async () => {
  const login = async (phoneId: string) => (await rig.control<{ code: string }>(`phones/${phoneId}/mini-login`)).code;
  const grant_type = 'authorization_code';
  const suite_access_token = await rig.suiteToken();
  const third = async (js_code: string) =>
    rig.wire('service/miniprogram/jscode2session', { suite_access_token, js_code, grant_type });
  const code = await login(phone);
  expect(await third(code)).toMatchObject({
    corpid: corp.corpId,
    userid: corp.members[0]?.userId,
    session_key: expect.any(String),
  });
  expect((await third(code)).errcode).toBe(42022);

  const custom = await rig.newCorp({ kind: 'custom' });
  const own = await phoneOf(rig, custom.corpId, custom.members[0]?.userId ?? '');
  const js_code = await login(own);
  expect((await third(js_code)).errcode).toBe(40029);
  const access_token = await corpToken(rig, custom);
  const answer = await rig.wire('miniprogram/jscode2session', { access_token, js_code, grant_type });
  expect(answer).toMatchObject({ corpid: custom.corpId, userid: custom.members[0]?.userId });
  expect(answer).not.toHaveProperty('open_userid');
});

test('entries lead to the addresses that the app would have put there', async () => {
  expect(await open(rig, phone, 'workbench')).toBe(`${rig.app.url}/records?from=workbench`);
  expect(await open(rig, phone, 'qr', '/record?id=r1')).toBe(`${rig.app.url}/record?id=r1&from=qr`);
  expect(await open(rig, phone, 'share', '/record?id=r1&from=card')).toBe(`${rig.app.url}/record?id=r1&from=card`);
  expect(await open(rig, phone, 'link', '/record?id=r1')).toBe(`${rig.app.url}/record?id=r1`);
  const custom = await rig.newCorp({ kind: 'custom' });
  const own = await phoneOf(rig, custom.corpId, custom.members[0]?.userId ?? '');
  const base = `${rig.customApp.url}/c/${custom.corpId}`;
  expect(await open(rig, own, 'workbench')).toBe(`${base}/records?from=workbench`);
  expect(await open(rig, own, 'card', '/record?id=r1')).toBe(`${base}/record?id=r1&from=card`);
});
