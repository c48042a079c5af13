import {
  corpToken,
  CUSTOM_SUITE,
  permanentCodeOf,
  startRig,
  THIRD_PARTY_SUITE,
  type CorpView,
  type Rig,
} from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
});
afterEach(() => rig.close());

const suiteRequest = (ticket: string, change: Record<string, string> = {}) => ({
  suite_id: THIRD_PARTY_SUITE.suiteId,
  suite_secret: THIRD_PARTY_SUITE.secret,
  suite_ticket: ticket,
  ...change,
});

async function pushedTicket(): Promise<string> {
  await rig.control('suite-ticket', { suiteId: THIRD_PARTY_SUITE.suiteId });
  await rig.sandbox.callbacksSettled();
  return String(rig.app.of('suite_ticket').at(-1)?.fields.SuiteTicket);
}

const errcode = async (answer: Promise<{ errcode?: number }>) => (await answer).errcode;

test('a suite token needs the id, the secret and a ticket younger than 30 minutes', async () => {
  const ticket = await pushedTicket();
  const ask = (change: Record<string, string> = {}) =>
    errcode(rig.wire('service/get_suite_token', {}, suiteRequest(ticket, change)));
  expect(await ask()).toBe(0);
  expect(await ask({ suite_id: 'wwnobody' })).toBe(40083);
  expect(await ask({ suite_secret: 'wrong' })).toBe(40080);
  expect(await ask({ suite_ticket: '' })).toBe(41023);
  expect(await ask({ suite_ticket: 'tktmadeup' })).toBe(40085);
  await rig.control('clock', { advance: '1799s' });
  expect(await ask()).toBe(0);
  await rig.control('clock', { advance: '1s' });
  expect(await ask()).toBe(40085);
});

test('a suite token lives 7200 seconds; missing, made-up and old ones say so apart', async () => {
  const token = await rig.suiteToken();
  const ask = (query: Record<string, string>) => errcode(rig.wire('service/get_pre_auth_code', query));
  expect(await ask({ suite_access_token: token })).toBe(0);
  expect(await ask({})).toBe(41022);
  expect(await ask({ suite_access_token: 'madeup' })).toBe(40082);
  await rig.advance('7199s');
  expect(await ask({ suite_access_token: token })).toBe(0);
  await rig.advance('1s');
  expect(await ask({ suite_access_token: token })).toBe(42009);
});

test('asking again within its life returns the same token with what is left of it', async () => {
  const request = { corpid: THIRD_PARTY_SUITE.provider.corpId, provider_secret: THIRD_PARTY_SUITE.provider.secret };
  const first = await rig.wire('service/get_provider_token', {}, request);
  expect(first).toEqual({ provider_access_token: expect.any(String), expires_in: 7200 });
  await rig.advance('1h');
  const again = await rig.wire('service/get_provider_token', {}, request);
  expect(again).toEqual({ provider_access_token: first.provider_access_token, expires_in: 3600 });
});

test('a provider token needs its own corp and secret', async () => {
  const ask = (corpid: string, provider_secret: string) =>
    errcode(rig.wire('service/get_provider_token', {}, { corpid, provider_secret }));
  const { corpId, secret } = THIRD_PARTY_SUITE.provider;
  expect(await ask(corpId, secret)).toBeUndefined();
  expect(await ask('wwnobody', secret)).toBe(40013);
  expect(await ask(corpId, 'wrong')).toBe(40001);
  expect(await ask(corpId, CUSTOM_SUITE.provider.secret)).toBe(40091);
});

test('provider tokens answer 41001, 40014 and 42001', async () => {
  const token = await rig.providerToken();
  const ask = (query: Record<string, string>) =>
    errcode(rig.wire('license/get_app_license_info', query, { corpid: corp.corpId, suite_id: corp.suiteId }));
  expect(await ask({ provider_access_token: token })).toBe(0);
  expect(await ask({})).toBe(41001);
  expect(await ask({ provider_access_token: await rig.suiteToken() })).toBe(40014);
  await rig.advance('2h');
  expect(await ask({ provider_access_token: token })).toBe(42001);
});

test('a third-party corp token comes by get_corp_token and dies with the authorisation', async () => {
  const token = await corpToken(rig, corp);
  const ask = () => errcode(rig.wire('agent/get_admin_list', { access_token: token }));
  expect(await ask()).toBe(0);
  const secret = permanentCodeOf(rig, corp.corpId);
  expect(await errcode(rig.wire('gettoken', { corpid: corp.corpId, corpsecret: secret }))).not.toBe(0);

  await rig.control('uninstall', { corpId: corp.corpId });
  expect(await ask()).toBe(40014);
  const query = { suite_access_token: await rig.suiteToken() };
  const request = { auth_corpid: corp.corpId, permanent_code: secret };
  expect(await errcode(rig.wire('service/get_corp_token', query, request))).toBe(40084);
  expect(await errcode(rig.wire('service/get_corp_token', query, { auth_corpid: corp.corpId }))).toBe(41025);
});

test('a custom app asks gettoken with its permanent code, and only with its own', async () => {
  const custom = await rig.newCorp({ kind: 'custom' });
  const other = await rig.newCorp({ kind: 'custom' });
  expect(await corpToken(rig, custom)).toMatch(/^corp/);
  const ask = (corpsecret: string) => errcode(rig.wire('gettoken', { corpid: custom.corpId, corpsecret }));
  expect(await ask('wrong')).toBe(40001);
  expect(await ask(permanentCodeOf(rig, other.corpId))).toBe(40091);
});

test('a new permanent code ends the old one and its tokens', async () => {
  const custom = await rig.newCorp({ kind: 'custom' });
  const token = await corpToken(rig, custom);
  const old = permanentCodeOf(rig, custom.corpId);
  await rig.control('reset-permanent-code', { corpId: custom.corpId });
  await rig.sandbox.callbacksSettled();
  expect(await errcode(rig.wire('agent/get_admin_list', { access_token: token }))).toBe(40014);
  expect(await errcode(rig.wire('gettoken', { corpid: custom.corpId, corpsecret: old }))).toBe(40001);
  const code = rig.customApp.of('reset_permanent_code')[0]?.fields.AuthCode;
  const query = { suite_access_token: await rig.suiteToken(CUSTOM_SUITE) };
  const answer = await rig.wire('service/get_permanent_code', query, { auth_code: code });
  expect(answer).toMatchObject({ errcode: 0, permanent_code: permanentCodeOf(rig, custom.corpId) });
});

test('JS tickets are two: the corp has one, its app another', async () => {
  const access_token = await corpToken(rig, corp);
  const corpTicket = await rig.wire('get_jsapi_ticket', { access_token });
  const appTicket = await rig.wire('ticket/get', { access_token, type: 'agent_config' });
  expect([corpTicket, appTicket]).toMatchObject([{ expires_in: 7200 }, { expires_in: 7200 }]);
  expect(corpTicket.ticket).not.toBe(appTicket.ticket);
  expect(await errcode(rig.wire('ticket/get', { access_token, type: 'wrong' }))).toBe(40058);
});

test('the allow-list is off until it is set, then 60020', async () => {
  const ask = () => errcode(rig.wire('license/get_order', { provider_access_token: 'x' }, { order_id: 'x' }));
  expect(await ask()).toBe(40014);
  await rig.control('settings', { ipAllowList: ['203.0.113.7'] });
  expect(await ask()).toBe(60020);
  await rig.control('settings', { ipAllowList: ['127.0.0.1'] });
  expect(await ask()).toBe(40014);
});

test('a refusal ends with a hint, the address and where to look it up', async () => {
  const { errmsg } = await rig.wire('service/get_pre_auth_code', { suite_access_token: 'x' });
  expect(errmsg).toMatch(
    /hint: \[\d+\], from ip: 127\.0\.0\.1, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=40082$/,
  );
});

test('ordered faults spoil calls and run out', async () => {
  const ask = () => rig.wire('license/get_order', {}, { order_id: 'x' });
  await rig.control('faults', { endpoint: '/cgi-bin/license/*', kind: 'errcode', errcode: -1, times: 2 });
  expect([(await ask()).errcode, (await ask()).errcode, (await ask()).errcode]).toEqual([-1, -1, 41001]);
  await rig.control('faults', { endpoint: '*', kind: 'down' });
  await expect(ask()).rejects.toThrow();
  await rig.control('faults', { clear: true });
  await rig.control('faults', { endpoint: '*', kind: 'reset', times: 1 });
  await expect(ask()).rejects.toThrow('fetch failed');
  expect((await ask()).errcode).toBe(41001);
});
