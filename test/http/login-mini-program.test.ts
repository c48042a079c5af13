import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  world = await startWorld();
  corp = await world.corp();
});
afterAll(() => world.close());

async function loginCode(): Promise<string> {
  const phone = await world.phone({ corpId: corp.corpId, userId: corp.members[0]?.userId ?? '' });
  return (await world.order<{ code: string }>(`phones/${phone.id}/mini-login`, {})).code;
}

const post = (body: unknown) =>
  fetch(`${world.origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('POST /api/session', () => {
  test('gives a session that lives as Bearer, and the verdict, in one round trip', async () => {
    const response = await post({ code: await loginCode(), platform: 'weapp', from: 'qr' });
    expect(response.status).toBe(200);
    const session = await response.json();
    expect(session).toMatchObject({
      token: expect.stringMatching(/^[0-9A-Za-z]{43}$/),
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      verdict: { outcome: 'allow', reason: 'trial', corpId: corp.corpId },
    });
    expect(JSON.stringify(session)).not.toContain('session_key');
    const verdict = await fetch(`${world.origin}/api/verdict`, {
      headers: { authorization: `Bearer ${session.token}` },
    });
    expect(verdict.status).toBe(200);
    const row = await world.deps.store.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ client: 'weapp', entry: 'qr', kind: 'member', corp_id: corp.corpId });
    expect(JSON.stringify(row)).not.toContain(session.token);
  });

  test('a code works once; the second time asks for a new one', async () => {
    const code = await loginCode();
    expect((await post({ code, platform: 'weapp' })).status).toBe(200);
    const again = await post({ code, platform: 'weapp' });
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error: { code: 'auth.code' } });
  });

  test.each([
    ['no code', { platform: 'weapp' }],
    ['an empty code', { code: '', platform: 'weapp' }],
    ['a code that is too long', { code: 'a'.repeat(513), platform: 'weapp' }],
    ['another platform', { code: 'a', platform: 'h5' }],
    ['an unknown entry', { code: 'a', platform: 'weapp', from: 'somewhere' }],
  ])('%s is refused without asking WeCom', async (_name, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'request.invalid' } });
  });

  test('WeCom being down is never blamed on the caller', async () => {
    const code = await loginCode();
    await world.order('faults', { endpoint: '/cgi-bin/service/miniprogram/jscode2session', kind: 'down' });
    const response = await post({ code, platform: 'weapp' });
    await world.order('faults', { clear: true });
    expect(response.status).toBeGreaterThanOrEqual(502);
    expect((await post({ code, platform: 'weapp' })).status).toBe(200);
  });

  test('is described in the API’s own document', async () => {
    const api = await (await fetch(`${world.origin}/api/openapi.json`)).json();
    expect(api.paths['/api/session'].post.requestBody).toBeDefined();
    expect(api.paths['/api/jssdk/signature'].get.responses['200']).toBeDefined();
  });
});
