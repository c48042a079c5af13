import { request } from 'node:http';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';

const APP = 'http://127.0.0.1:9';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await createSandbox({ appUrl: APP, tick: false });
});
afterAll(() => sandbox.close());

async function order<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${sandbox.origin}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

/** Asks the phone proxy as the browser that holds this phone. */
function askPhone(path: string, phoneId: string): Promise<{ status: number; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const call = request(sandbox.phoneOrigin + path, { headers: { cookie: `sandbox_phone=${phoneId}` } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    });
    call.on('error', reject).end();
  });
}

test('the page knows the port of the phone and may load nothing from outside', async () => {
  const answer = await fetch(sandbox.origin);
  const html = await answer.text();
  expect(html).toContain(`name="phone-port" content="${new URL(sandbox.phoneOrigin).port}"`);
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
});

test.each(['app.js', 'app.css'])('%s is bundled and fetches nothing from another host', async (file) => {
  const answer = await fetch(`${sandbox.origin}/workbench/${file}`);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(text.length).toBeGreaterThan(1000);
  const hosts = [...text.matchAll(/https?:\/\/([\w.]+)/g)].map((match) => match[1]);
  // names of namespaces and bases for parsing paths, never fetched
  expect(hosts.filter((host) => !['www.w3.org', 'phone', '127.0.0.1'].includes(host ?? ''))).toEqual([]);
});

test("login through the proxy carries the person's code back to the proxy", async () => {
  const corp = sandbox.state.corps.find((one) => one.sample === 'trial_day_12');
  const { phoneId } = await order<{ phoneId: string }>('phones', {
    corpId: corp?.corpId,
    userId: corp?.members[0]?.userId,
  });
  const opened = await order<{ proxiedUrl: string }>(`phones/${phoneId}/open`, { entry: 'workbench' });
  expect(opened.proxiedUrl).toBe(`${sandbox.phoneOrigin}/records?from=workbench`);
  const query = new URLSearchParams({
    appid: corp?.suiteId ?? '',
    redirect_uri: `${APP}/login/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc',
  });
  const answer = await askPhone(`/connect/oauth2/authorize?${query}`, phoneId);
  expect(answer.status).toBe(302);
  const back = new URL(answer.location ?? '');
  expect([back.origin, back.pathname, back.searchParams.get('state')]).toEqual([
    sandbox.phoneOrigin,
    '/login/callback',
    'abc',
  ]);
  expect(back.searchParams.get('code')).toBeTruthy();
});

test('a phone is forgotten with the rest at reset', async () => {
  const corp = sandbox.state.corps[0];
  const { phoneId } = await order<{ phoneId: string }>('phones', { corpId: corp?.corpId, outsider: true });
  expect((await askPhone('/', phoneId)).status).toBe(502);
  await order('reset', {});
  expect((await askPhone('/', phoneId)).status).toBe(400);
});
