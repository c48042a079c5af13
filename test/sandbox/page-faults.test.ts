import { authorize, customQuery, locationOf, phoneOf } from './rig/logins';
import { startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
let phone: string;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  phone = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '');
});
afterEach(() => rig.close());

const OAUTH = '/connect/oauth2/authorize';
const LOGIN = '/wwlogin/sso/login';
const order = (fault: object) => rig.control('faults', fault);
/** A page that has something to show: who scans? */
const loginPage = () =>
  `${rig.sandbox.origin}${LOGIN}?${new URLSearchParams({
    login_type: 'ServiceApp',
    appid: corp.suiteId,
    redirect_uri: `${rig.app.url}/login/callback`,
    state: 'abc123',
  }).toString()}`;
const scan = () => fetch(loginPage());
const text = async (answer: Promise<Response>) => (await answer).text();

test('pages break too, when they are named', async () => {
  await order({ endpoint: '*', kind: 'down' });
  expect((await authorize(rig, phone)).status).toBe(302);
  await order({ endpoint: '/connect/*', kind: 'errcode', errcode: 50003, times: 1 });
  const refused = await authorize(rig, phone);
  expect([refused.status, refused.headers.get('x-sandbox-errcode')]).toEqual([400, '50003']);
  await order({ endpoint: '/connect/*', kind: 'down', times: 1 });
  expect((await authorize(rig, phone)).status).toBe(503);
  expect((await authorize(rig, phone)).status).toBe(302);
});

test('a lost answer had its effect: the code was made', async () => {
  await order({ endpoint: OAUTH, kind: 'lost', times: 1 });
  await expect(authorize(rig, phone)).rejects.toThrow();
  expect(rig.sandbox.state.loginCodes).toHaveLength(1);
  expect((await authorize(rig, phone)).status).toBe(302);
});

test('half a page breaks off, a slow page arrives whole', async () => {
  const whole = await text(scan());
  await order({ endpoint: LOGIN, kind: 'half_body', times: 1 });
  await expect(text(scan())).rejects.toThrow();
  await order({ endpoint: LOGIN, kind: 'slow_body', ms: 20, times: 1 });
  const slow = await scan();
  expect(slow.headers.get('content-type')).toContain('text/html');
  expect(await slow.text()).toBe(whole);
});

test('a slow redirect leads where it would have led', async () => {
  await order({ endpoint: OAUTH, kind: 'slow_body', ms: 20, times: 1 });
  const answer = await authorize(rig, phone);
  expect(answer.status).toBe(302);
  expect(locationOf(answer).searchParams.get('code')).toMatch(/\w+/);
});

test.each(['malformed', 'token_lost'])('%s means nothing for a page: ordered for one it is refused', async (kind) => {
  for (const endpoint of [OAUTH, '/connect/*', '/wwlogin/*', '/3rdapp/install', '/wwopen/unlicensed']) {
    const refused = await rig.refused('faults', { endpoint, kind });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(kind) as string } },
    });
  }
  await order({ endpoint: '/cgi-bin/*', kind });
});

test('one that covers calls and pages is kept for the calls', async () => {
  await order({ endpoint: '/*', kind: 'malformed', times: 1 });
  expect((await authorize(rig, phone)).status).toBe(302);
  expect(rig.sandbox.state.faults).toHaveLength(1);
});

describe('a fault for one corp strikes the pages that are about it', () => {
  let other: CorpView;
  beforeEach(async () => {
    other = await rig.newCorp({ install: false });
  });
  const spoil = (endpoint: string, corpId: string) => order({ endpoint, kind: 'down', corpId });

  test('by the phone in hand', async () => {
    const theirs = await phoneOf(rig, other.corpId, other.members[0]?.userId ?? '');
    await spoil(OAUTH, corp.corpId);
    expect([(await authorize(rig, phone)).status, (await authorize(rig, theirs)).status]).toEqual([503, 302]);
  });

  test('by the corp that the address names', async () => {
    const custom = await rig.newCorp({ kind: 'custom' });
    await spoil(OAUTH, custom.corpId);
    expect((await authorize(rig, phone, customQuery(rig, custom))).status).toBe(503);
    expect((await authorize(rig, phone)).status).toBe(302);
  });

  test('by the person or the corp chosen on the page', async () => {
    const post = (url: string, form: Record<string, string>) =>
      fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
    const agree = `${rig.sandbox.origin}/3rdapp/customized/confirm`;
    const install = (corp_id: string) => post(agree, { suite_id: corp.suiteId, corp_id });
    const login = ({ corpId, members }: CorpView) =>
      post(loginPage(), { person: `${corpId}/${members[0]?.userId ?? ''}` });
    await spoil('/3rdapp/customized/confirm', corp.corpId);
    await spoil(LOGIN, corp.corpId);
    expect([(await install(corp.corpId)).status, (await install(other.corpId)).status]).toEqual([503, 200]);
    expect([(await login(corp)).status, (await login(other)).status]).toEqual([503, 302]);
  });

  test('by the administrator who is about to install', async () => {
    const page = () => fetch(`${rig.sandbox.origin}/3rdapp/customized?suite_id=${corp.suiteId}`);
    await spoil('/3rdapp/*', other.corpId);
    expect((await page()).status).toBe(200);
    await rig.control('install', { corpId: other.corpId, via: 'link' });
    expect((await page()).status).toBe(503);
  });
});
