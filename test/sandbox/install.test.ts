import { permanentCodeOf, startRig, THIRD_PARTY_SUITE, CUSTOM_SUITE, type Rig } from './rig/sandbox-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

const errcode = async (answer: Promise<{ errcode?: number }>) => (await answer).errcode;

async function link(change: Record<string, string> = {}): Promise<URL> {
  const suite_access_token = await rig.suiteToken();
  const { pre_auth_code } = await rig.wire('service/get_pre_auth_code', { suite_access_token });
  const url = new URL('/3rdapp/install', rig.sandbox.origin);
  url.search = new URLSearchParams({
    suite_id: THIRD_PARTY_SUITE.suiteId,
    pre_auth_code: String(pre_auth_code),
    redirect_uri: `${rig.app.url}/install/callback`,
    state: 'abc',
    ...change,
  }).toString();
  return url;
}

/** The administrator presses the button on the consent page. */
function agree(url: URL, corpId: string): Promise<Response> {
  const form = new URLSearchParams({ ...Object.fromEntries(url.searchParams), corp_id: corpId });
  return fetch(new URL('/3rdapp/install/confirm', url), { method: 'POST', body: form, redirect: 'manual' });
}

test('the link gives one code twice: in the redirect and in create_auth; it can be spent once', async () => {
  const corp = await rig.newCorp({ install: false });
  const url = await link();
  expect(await (await fetch(url)).text()).toContain('install-agree');
  const back = new URL((await agree(url, corp.corpId)).headers.get('location') ?? '');
  await rig.sandbox.callbacksSettled();
  expect(back.origin + back.pathname).toBe(`${rig.app.url}/install/callback`);
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ expires_in: '600', state: 'abc' });
  const [created] = rig.app.of('create_auth');
  expect(created?.fields).toMatchObject({ AuthCode: back.searchParams.get('auth_code'), State: 'abc' });

  const query = { suite_access_token: await rig.suiteToken() };
  const request = { auth_code: created?.fields.AuthCode };
  const first = await rig.wire('service/get_permanent_code', query, request);
  expect(first).toMatchObject({ errcode: 0, permanent_code: permanentCodeOf(rig, corp.corpId), state: 'abc' });
  expect(await errcode(rig.wire('service/get_permanent_code', query, request))).toBe(40078);
  expect((await agree(url, corp.corpId)).headers.get('x-sandbox-errcode')).toBe('40077');
});

test('the link checks its code, its domain and its state', async () => {
  const refusal = async (url: URL) => (await fetch(url)).headers.get('x-sandbox-errcode');
  expect(await refusal(await link())).toBeNull();
  expect(await refusal(await link({ pre_auth_code: 'madeup' }))).toBe('40077');
  expect(await refusal(await link({ redirect_uri: 'https://elsewhere.example/x' }))).toBe('50001');
  expect(await refusal(await link({ state: 'with-dash' }))).toBe('84025');
  const old = await link();
  await rig.advance('1199s');
  expect(await refusal(old)).toBeNull();
  await rig.advance('1s');
  expect(await refusal(old)).toBe('42007');
});

test('the market only sends create_auth; its code dies after ten minutes', async () => {
  const corp = await rig.newCorp();
  await rig.sandbox.callbacksSettled();
  const code = rig.app.of('create_auth')[0]?.fields.AuthCode;
  const spend = async (suite = THIRD_PARTY_SUITE) =>
    errcode(
      rig.wire(
        'service/v2/get_permanent_code',
        { suite_access_token: await rig.suiteToken(suite) },
        { auth_code: code },
      ),
    );
  expect(await spend(CUSTOM_SUITE)).toBe(40078);
  await rig.advance('600s');
  expect(await spend()).toBe(40078);
  expect(corp.installed).toBe(true);
});

test('v1 brings a corp token, v2 does not; both tell corp, agent, range and installer', async () => {
  const answers = [];
  for (const version of ['', 'v2/']) {
    await rig.newCorp();
    await rig.sandbox.callbacksSettled();
    const auth_code = rig.app.of('create_auth').at(-1)?.fields.AuthCode;
    const query = { suite_access_token: await rig.suiteToken() };
    answers.push(await rig.wire(`service/${version}get_permanent_code`, query, { auth_code }));
  }
  const [v1, v2] = answers;
  expect(v1).toMatchObject({ access_token: expect.any(String), expires_in: 7200 });
  expect(v2).not.toHaveProperty('access_token');
  for (const answer of answers) {
    expect(answer).toMatchObject({
      auth_corp_info: { corpid: expect.stringMatching(/^wp/), corp_name: '企业' },
      auth_info: {
        agent: [{ agentid: expect.any(Number), is_customized_app: false, privilege: { allow_party: [1] } }],
      },
      auth_user_info: { userid: expect.stringMatching(/M2$/), open_userid: expect.any(String) },
    });
  }
});

test('get_auth_info tells who is in range, until the app is removed', async () => {
  const corp = await rig.newCorp();
  const request = { auth_corpid: corp.corpId, permanent_code: permanentCodeOf(rig, corp.corpId) };
  const query = { suite_access_token: await rig.suiteToken() };
  await rig.control('members', { corpId: corp.corpId, userId: corp.members[0]?.userId, action: 'hide' });
  const answer = await rig.wire('service/v2/get_auth_info', query, request);
  const privilege = { allow_party: [], allow_user: corp.members.slice(1).map((member) => member.userId) };
  expect(answer).toMatchObject({ errcode: 0, auth_info: { agent: [{ privilege }] } });
  await rig.control('uninstall', { corpId: corp.corpId });
  expect(await errcode(rig.wire('service/get_auth_info', query, request))).toBe(40084);
});

test('removing and installing again keeps the start of the trial', async () => {
  const corp = await rig.newCorp();
  await rig.advance('30d');
  await rig.control('uninstall', { corpId: corp.corpId });
  await rig.control('install', { corpId: corp.corpId });
  await rig.sandbox.callbacksSettled();
  expect((await rig.corpOf(corp.corpId)).licence.trial).toEqual(corp.licence.trial);
  expect(rig.app.of('cancel_auth')[0]?.fields.AuthCorpId).toBe(corp.corpId);
});

test('administrators are listed with their right to manage, strangers and wrong agents are not answered', async () => {
  const corp = await rig.newCorp();
  const suite_access_token = await rig.suiteToken();
  const ask = (auth_corpid: string, agentid: unknown) =>
    rig.wire('service/get_admin_list', { suite_access_token }, { auth_corpid, agentid });
  expect(await ask(corp.corpId, corp.agentId)).toMatchObject({
    admin: [{ userid: corp.members[1]?.userId, auth_type: 1 }],
  });
  expect((await ask(corp.corpId, 999)).errcode).toBe(40056);
  expect((await ask('wpNobody', corp.agentId)).errcode).toBe(40013);
  const without = await rig.newCorp({ install: false });
  expect((await ask(without.corpId, 1000002)).errcode).toBe(48004);
});

test('a custom app is installed from its template link and says that it is customised', async () => {
  const corp = await rig.newCorp({ kind: 'custom', install: false });
  const query = { provider_access_token: await rig.providerToken(CUSTOM_SUITE) };
  const request = { state: 'channel01', templateid_list: [CUSTOM_SUITE.suiteId] };
  const { qrcode_url } = await rig.wire('service/get_customized_auth_url', query, request);
  const url = new URL(String(qrcode_url));
  const form = new URLSearchParams({ ...Object.fromEntries(url.searchParams), corp_id: corp.corpId });
  await fetch(new URL('/3rdapp/customized/confirm', url), { method: 'POST', body: form });
  await rig.sandbox.callbacksSettled();
  const auth_code = rig.customApp.of('create_auth')[0]?.fields.AuthCode;
  const suite_access_token = await rig.suiteToken(CUSTOM_SUITE);
  const answer = await rig.wire('service/get_permanent_code', { suite_access_token }, { auth_code });
  expect(answer).toMatchObject({ state: 'channel01', auth_info: { agent: [{ is_customized_app: true }] } });
});

test('the app’s QR code needs the suite that its token is of', async () => {
  const query = { suite_access_token: await rig.suiteToken() };
  const ask = (suite_id: string) => rig.wire('service/get_app_qrcode', query, { suite_id, state: 'channel01' });
  expect((await ask('wwmadeup')).errcode).toBe(40083);
  expect((await ask(CUSTOM_SUITE.suiteId)).errcode).toBe(48003);
  expect(await ask(THIRD_PARTY_SUITE.suiteId)).toMatchObject({
    errcode: 0,
    qrcode: expect.stringContaining('channel01'),
  });
});
