import Koa from 'koa';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { AppError } from '../../server/errors';
import { createSession } from '../../server/http/session';
import { sendSessionCookie } from '../../server/http/session-cookie';
import { useMiddlewares } from '../../server/app';
import { limit } from '../../server/http/middleware/limit';
import { bodyOf, parseBody, parseQuery, queryOf } from '../../server/http/middleware/parse';
import { requireSameOrigin } from '../../server/http/middleware/same-origin';
import { getMember, requireMember, requireSession } from '../../server/http/middleware/session';
import { createRouter, type Router } from '../../server/http/router';
import { startApp, type TestApp } from '../support/app';

const Note = z.object({ text: z.string().min(1), count: z.coerce.number().default(1) });
const Ask = z.object({ capability: z.enum(['base', 'external_contact']).default('base') });

function mountExamples(router: Router, app: TestApp): void {
  router.get('/api/open', parseQuery(Ask), (ctx) => void (ctx.body = queryOf(ctx, Ask)));
  router.get('/api/mine', requireSession, (ctx) => void (ctx.body = { corpId: ctx.state.session?.corpId }));
  router.get('/api/member', requireMember, (ctx) => void (ctx.body = { userId: getMember(ctx).userId }));
  router.get('/api/items/:id', (ctx) => void (ctx.body = ctx.params));
  router.post('/api/notes', parseBody(Note), (ctx) => void (ctx.body = bodyOf(ctx, Note)));
  router.post('/api/change', requireSameOrigin(app.deps.config), (ctx) => void (ctx.body = { changed: true }));
  router.post('/api/limited', async (ctx) => {
    await limit(ctx, 'refresh', 'one-person');
    ctx.body = {};
  });
  router.get('/cookie', async (ctx) => sendSessionCookie(app.deps, ctx, await createSession(app.deps, { ...MEMBER })));
  router.get('/broken', () => {
    throw new Error('password=hunter2 in /srv/app.ts');
  });
  router.get('/fault', () => {
    throw new AppError('wecom.timeout', { logDetail: 'inside', publicDetails: { tries: 3 }, retryAfterMs: 1500 });
  });
}

const MEMBER = {
  kind: 'member',
  client: 'h5',
  corpId: 'wpcorp',
  userId: 'zhang',
  openUserId: null,
  openId: null,
  entry: 'unknown',
  loginNamedAgent: false,
} as const;

async function serve(app: TestApp): Promise<{ origin: string; server: Server }> {
  const router = createRouter(app.deps.metrics);
  mountExamples(router, app);
  const koa = useMiddlewares(new Koa(), app.deps, router);
  const server = createServer(koa.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

let app: TestApp;
let server: Server;
let origin: string;
beforeAll(async () => {
  app = await startApp();
  ({ origin, server } = await serve(app));
});
afterAll(async () => {
  server.close();
  await app.stop();
});

const json = { 'content-type': 'application/json' };
const post = (path: string, body: string, headers: Record<string, string> = json) =>
  fetch(origin + path, { method: 'POST', body, headers });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
const login = async () => (await createSession(app.deps, MEMBER)).token;

describe('faults', () => {
  test('a fault is answered from the table, with its request id, details and time to wait', async () => {
    const response = await fetch(`${origin}/fault`);
    expect(response.status).toBe(504);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toEqual({
      error: {
        code: 'wecom.timeout',
        message: '企业微信没有及时回答，请稍后重试。',
        requestId: response.headers.get('x-request-id'),
        details: { tries: 3 },
      },
    });
    expect(app.logs()).toContain('inside');
  });

  test('an error nobody foresaw tells the caller nothing of the inside, and the log everything', async () => {
    const response = await fetch(`${origin}/broken`);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('"internal"');
    expect(text).not.toMatch(/hunter2|srv/);
    expect(app.logs()).toContain('hunter2');
  });

  test('words come in the language of the caller', async () => {
    const response = await fetch(`${origin}/fault`, { headers: { 'accept-language': 'en-GB,en' } });
    expect(await response.text()).toContain('WeCom did not answer in time');
  });

  test('a person who navigates gets a page, a script gets JSON', async () => {
    const page = await fetch(`${origin}/broken`, { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(500);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('role="alert"');
    expect(html).toContain(page.headers.get('x-request-id'));
    expect(html).not.toMatch(/hunter2/);
    const api = await fetch(`${origin}/api/nothing`, { headers: { accept: 'text/html' } });
    expect(await codeOf(api)).toBe('request.not_found');
  });

  test('a route that does not exist is 404, one with another method 405 with what it takes', async () => {
    expect(await codeOf(await fetch(`${origin}/api/nothing`))).toBe('request.not_found');
    const wrong = await post('/api/mine', '{}');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET');
    expect(await codeOf(await fetch(`${origin}/api/items/%E0%A4%A`))).toBe('request.not_found');
    expect((await fetch(`${origin}/fault`, { method: 'HEAD' })).status).toBe(504);
  });
});

describe('request ids and headers', () => {
  test('a sane id of the proxy is kept, any other replaced', async () => {
    const ask = async (id: string) =>
      (await fetch(`${origin}/api/open`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await ask('proxy-1234567890')).toBe('proxy-1234567890');
    expect(await ask('bad id"}')).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(await ask('x'.repeat(65))).toMatch(/^[0-9A-Za-z]{16}$/);
  });

  test('every answer carries the security headers; HSTS only under https', async () => {
    for (const path of ['/api/open', '/fault', '/nothing']) {
      const { headers } = await fetch(origin + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    }
    const secure = await startApp({ env: { PUBLIC_URL: 'https://gate.example' } });
    const { headers } = await fetch(`${secure.origin}/healthz`);
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    await secure.stop();
  });
});

describe('input', () => {
  test('JSON and forms are parsed, checked and given to the endpoint', async () => {
    expect(await (await post('/api/notes', '{"text":"门","extra":1}')).json()).toEqual({ text: '门', count: 1 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await (await post('/api/notes', 'text=a+b&count=3', form)).json()).toEqual({ text: 'a b', count: 3 });
  });

  test('a refused body says where and why, never what', async () => {
    const response = await post('/api/notes', '{"text":"","secretish":"hush"}');
    expect(response.status).toBe(400);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ error: { details: [{ path: 'text', problem: 'too_small' }] } });
    expect(body).not.toContain('hush');
    expect(await codeOf(await post('/api/notes', '{"text":'))).toBe('request.invalid');
    expect(await codeOf(await post('/api/notes', 'text', { 'content-type': 'text/plain' }))).toBe('request.media_type');
  });

  test('64 KB are taken, more is refused, announced or not', async () => {
    const fits = JSON.stringify({ text: 'x'.repeat(65_536 - 11) });
    expect(Buffer.byteLength(fits)).toBe(65_536);
    expect((await post('/api/notes', fits)).status).toBe(200);
    expect(await codeOf(await post('/api/notes', `${fits} `))).toBe('request.too_large');
    const unannounced = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let chunk = 0; chunk < 80; chunk++) controller.enqueue(new Uint8Array(1024).fill(32));
        controller.close();
      },
    });
    const response = await fetch(`${origin}/api/notes`, {
      method: 'POST',
      body: unannounced,
      headers: json,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  test('a query is checked, and gets its defaults', async () => {
    expect(await (await fetch(`${origin}/api/open`)).json()).toEqual({ capability: 'base' });
    expect(await codeOf(await fetch(`${origin}/api/open?capability=all`))).toBe('request.invalid');
    expect(await codeOf(await fetch(`${origin}/api/open?capability=base&capability=base`))).toBe('request.invalid');
  });
});

describe('who is asking', () => {
  test('the cookie and the Bearer token are the same session; without one it is 401', async () => {
    const token = await login();
    const ask = async (headers: Record<string, string>) => (await fetch(`${origin}/api/mine`, { headers })).status;
    expect(await ask({ cookie: `a=b; gate_sid=${token}; c=d` })).toBe(200);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await ask({})).toBe(401);
    expect(await ask({ cookie: `gate_sid=${token}x` })).toBe(401);
    expect(await ask({ authorization: `Basic ${token}` })).toBe(401);
    expect(await ask({ cookie: `xgate_sid=${token}` })).toBe(401);
  });

  test('a wrong Bearer token is not made good by a cookie', async () => {
    const headers = { authorization: `Bearer ${'0'.repeat(43)}`, cookie: `gate_sid=${await login()}` };
    expect((await fetch(`${origin}/api/mine`, { headers })).status).toBe(401);
  });

  test('a Bearer token of another make, as of the app behind a proxy, leaves it to the cookie', async () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6aGFuZyJ9.c2lnbmF0dXJl';
    const headers = { authorization: `Bearer ${jwt}`, cookie: `gate_sid=${await login()}` };
    expect((await fetch(`${origin}/api/mine`, { headers })).status).toBe(200);
    const evil = { ...headers, origin: 'https://evil.example' };
    expect((await post('/api/change', '', evil)).status).toBe(403);
  });

  test('an outsider is logged in and yet no member', async () => {
    const { token } = await createSession(app.deps, {
      ...MEMBER,
      kind: 'outsider',
      corpId: null,
      userId: null,
      openId: 'oid',
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${origin}/api/mine`, { headers })).status).toBe(200);
    expect(await codeOf(await fetch(`${origin}/api/member`, { headers }))).toBe('access.outsider');
    const lower = { authorization: `bearer ${token}` };
    expect((await fetch(`${origin}/api/mine`, { headers: lower })).status).toBe(200);
    const member = { authorization: `Bearer ${await login()}` };
    expect(await (await fetch(`${origin}/api/member`, { headers: member })).json()).toEqual({ userId: 'zhang' });
  });

  test("a change by cookie must come from a page of ours; a Bearer's need not", async () => {
    const cookie = `gate_sid=${await login()}`;
    const { publicUrl } = app.deps.config;
    const change = async (headers: Record<string, string>) => (await post('/api/change', '', headers)).status;
    expect(await change({ cookie, origin: publicUrl })).toBe(200);
    expect(await change({ cookie, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await change({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await change({ cookie, origin: 'null' })).toBe(403);
    expect(await change({ cookie, origin: `${publicUrl}.evil.example` })).toBe(403);
    expect(await change({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await change({ cookie, referer: `${publicUrl}/records` })).toBe(200);
    expect(await change({ cookie, referer: `${publicUrl}.evil.example/` })).toBe(403);
    expect(await change({ cookie })).toBe(200);
    expect(await change({ authorization: `Bearer ${await login()}`, origin: 'https://evil.example' })).toBe(200);
  });

  test('the cookie is HttpOnly and Lax; under https also Secure and bound to the host', async () => {
    const plain = (await fetch(`${origin}/cookie`)).headers.get('set-cookie');
    expect(plain).toMatch(/^gate_sid=[0-9A-Za-z]{43}; path=\/; expires=[^;]+; samesite=lax; httponly$/i);
    const secure = await startApp({ env: { PUBLIC_URL: 'https://gate.example' } });
    const served = await serve(secure);
    const cookie = (await fetch(`${served.origin}/cookie`)).headers.get('set-cookie');
    expect(cookie).toMatch(/^__Host-gate_sid=[0-9A-Za-z]{43}; path=\/;.*samesite=lax; secure; httponly$/i);
    served.server.close();
    await secure.stop();
  });

  test('whoever does too much is told how long to wait', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) statuses.push((await post('/api/limited', '{}')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const refused = await post('/api/limited', '{}');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the access log', () => {
  test('one line per answer, with the path and never its query, token or cookie', async () => {
    const token = await login();
    await fetch(`${origin}/api/open?capability=base&code=SECRETCODE&state=SECRETSTATE`, {
      headers: { authorization: `Bearer ${token}`, cookie: 'gate_sid=SECRETCOOKIE' },
    });
    const line =
      app
        .logs()
        .split('\n')
        .filter((one) => one.includes('"path":"/api/open"'))
        .at(-1) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', path: '/api/open', status: 200, corpId: 'wpcorp' });
    expect(app.logs()).not.toMatch(/SECRETCODE|SECRETSTATE|SECRETCOOKIE/);
    expect(app.logs()).not.toContain(token);
  });

  test('a fault is one line with its code', async () => {
    await fetch(`${origin}/api/nothing-here`);
    const lines = app
      .logs()
      .split('\n')
      .filter((one) => one.includes('/api/nothing-here'));
    expect(lines.map((line) => (JSON.parse(line) as { fault: string }).fault)).toEqual(['request.not_found']);
  });
});
