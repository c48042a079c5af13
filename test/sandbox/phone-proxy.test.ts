import { brotliCompressSync } from 'node:zlib';
import { request } from 'node:http';
import { startPhoneRig, type PhoneRig } from './phone-rig';

const IOS = 'Mozilla/5.0 (iPhone) wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh ColorScheme/Light';
let rig: PhoneRig;

beforeEach(async () => {
  rig = await startPhoneRig();
  rig.addPhone('a1', IOS);
  rig.addPhone('b2', IOS);
});
afterEach(() => rig.close());

const html = { 'content-type': 'text/html; charset=utf-8' };
const lastSeen = () => rig.app.seen.at(-1)!.headers;

describe('what the app server sees', () => {
  test('the phone sends its own user agent, host, origin and referer', async () => {
    const phone = rig.proxy.origin;
    const headers = { 'user-agent': 'Chrome', origin: phone, referer: `${phone}/records?from=workbench` };
    await rig.send('POST', '/api/x', 'a1', headers, 'body');
    expect(lastSeen()).toMatchObject({
      'user-agent': IOS,
      host: new URL(rig.app.origin).host,
      origin: rig.app.origin,
      referer: `${rig.app.origin}/records?from=workbench`,
    });
  });

  test('a foreign origin stays foreign and the workbench is no referer', async () => {
    await rig.send('POST', '/api/x', 'a1', { origin: 'http://evil.example', referer: `${rig.wecom.origin}/` }, '');
    expect(lastSeen().origin).toBe('null');
    expect(lastSeen().referer).toBeUndefined();
  });

  test('the browser cannot name a phone by header, and its cookies stay outside', async () => {
    await rig.send('GET', '/', null, { cookie: 'sandbox_phone=a1; other=1', 'x-sandbox-phone': 'b2' });
    expect(lastSeen()['x-sandbox-phone']).toBeUndefined();
    expect(lastSeen().cookie).toBeUndefined();
  });

  test('language and colour scheme of the phone change its user agent', async () => {
    await rig.get('/__phone/start?phone=a1&to=/&lang=en&scheme=Dark', null);
    await rig.get('/', 'a1');
    expect(lastSeen()['user-agent']).toBe(IOS.replace('zh', 'en').replace('Light', 'Dark'));
    expect(lastSeen()['accept-language']).toMatch(/^en/);
    await rig.get('/', 'b2');
    expect(lastSeen()['user-agent']).toBe(IOS);
  });

  test('a page that names its own address names the one of the app', async () => {
    const own = (origin: string) => `/api/jssdk/signature?url=${encodeURIComponent(`${origin}/records?a=1`)}`;
    await rig.get(own(rig.proxy.origin), 'a1');
    expect(rig.app.seen.at(-1)?.url).toBe(own(rig.app.origin));
    await rig.get(own('http://other.example'), 'a1');
    expect(rig.app.seen.at(-1)?.url).toBe(own('http://other.example'));
  });

  test('a body arrives unchanged', async () => {
    rig.app.answer = (incoming, outgoing) => incoming.pipe(outgoing);
    const answer = await rig.send('POST', '/echo', 'a1', { 'content-type': 'text/plain' }, 'x'.repeat(200_000));
    expect(answer.body).toHaveLength(200_000);
  });
});

describe('cookies', () => {
  test('each phone keeps its own session and the browser gets none', async () => {
    rig.app.answer = (_incoming, outgoing) => outgoing.setHeader('set-cookie', 'gate_sid=A; Path=/; HttpOnly').end();
    expect((await rig.get('/', 'a1')).headers['set-cookie']).toBeUndefined();
    await rig.get('/', 'b2', {});
    expect(lastSeen().cookie).toBeUndefined();
    await rig.get('/next', 'a1');
    expect(lastSeen().cookie).toBe('gate_sid=A');
  });

  test('a cookie ends by the clock of the sandbox and when it is deleted', async () => {
    rig.app.answer = (incoming, outgoing) => {
      const gone = incoming.url === '/out';
      outgoing.setHeader('set-cookie', [`sid=${gone ? '' : '1'}; Path=/; Max-Age=${gone ? 0 : 60}`]).end();
    };
    await rig.get('/', 'a1');
    await rig.get('/out', 'a1');
    expect(lastSeen().cookie).toBe('sid=1');
    await rig.get('/', 'a1');
    expect(lastSeen().cookie).toBeUndefined();
    rig.clock.now += 60_000;
    await rig.get('/', 'a1');
    expect(lastSeen().cookie).toBeUndefined();
  });

  test('a cookie is sent only below its path', async () => {
    rig.app.answer = (_incoming, outgoing) => outgoing.setHeader('set-cookie', 'deep=1; Path=/login').end();
    await rig.get('/login', 'a1');
    await rig.get('/login/callback', 'a1');
    expect(lastSeen().cookie).toBe('deep=1');
    await rig.get('/loginx', 'a1');
    expect(lastSeen().cookie).toBeUndefined();
  });

  test('forgetting signs the person out and nobody else', async () => {
    rig.app.answer = (_incoming, outgoing) => outgoing.setHeader('set-cookie', 'sid=1; Path=/').end();
    await rig.get('/', 'a1');
    await rig.get('/', 'b2');
    expect((await rig.send('POST', '/__phone/forget?phone=a1', null, {})).status).toBe(200);
    await rig.get('/', 'a1');
    expect(lastSeen().cookie).toBeUndefined();
    await rig.get('/', 'b2');
    expect(lastSeen().cookie).toBe('sid=1');
  });
});

describe('redirects', () => {
  const redirectTo = (location: string) => {
    rig.app.answer = (_incoming, outgoing) => outgoing.writeHead(302, { location }).end();
  };

  test.each(['/records?id=1#top', 'records'])('a relative one stays: %s', async (location) => {
    redirectTo(location);
    expect((await rig.get('/', 'a1')).headers.location).toBe(location);
  });

  test('one to the app comes back into the proxy under the host the browser uses', async () => {
    redirectTo(`${rig.app.origin}/records?id=1`);
    const host = new URL(rig.proxy.origin).port;
    const answer = await rig.get('/', 'a1', { host: `localhost:${host}` });
    expect(answer.headers.location).toBe(`http://localhost:${host}/records?id=1`);
  });

  test('the app under its other loopback name is the same app', async () => {
    redirectTo(rig.app.origin.replace('127.0.0.1', 'localhost') + '/x');
    expect((await rig.get('/', 'a1')).headers.location).toBe(`${rig.proxy.origin}/x`);
  });

  test("authorize is asked through the proxy with the phone's identity and its answer returns to the proxy", async () => {
    redirectTo(`${rig.wecom.origin}/connect/oauth2/authorize?appid=s#wechat_redirect`);
    const first = await rig.get('/login', 'a1');
    expect(first.headers.location).toBe(`${rig.proxy.origin}/connect/oauth2/authorize?appid=s`);

    rig.wecom.answer = (_incoming, outgoing) =>
      outgoing.writeHead(302, { location: `${rig.app.origin}/login/callback?code=c` }).end();
    const second = await rig.get('/connect/oauth2/authorize?appid=s', 'a1');
    expect(rig.wecom.seen.at(-1)!.headers['x-sandbox-phone']).toBe('a1');
    expect(second.headers.location).toBe(`${rig.proxy.origin}/login/callback?code=c`);
  });

  test("WeCom never gets the app's cookies", async () => {
    rig.app.answer = (_incoming, outgoing) => outgoing.setHeader('set-cookie', 'gate_sid=A; Path=/').end();
    await rig.get('/', 'a1');
    await rig.get('/connect/oauth2/authorize', 'a1');
    expect(rig.wecom.seen.at(-1)!.headers.cookie).toBeUndefined();
    await rig.get('/', 'a1');
    expect(lastSeen().cookie).toBe('gate_sid=A');
  });

  test('another server is left alone', async () => {
    redirectTo('https://example.com/a');
    expect((await rig.get('/', 'a1')).headers.location).toBe('https://example.com/a');
  });
});

describe('showing it in a frame', () => {
  test('only the ban on frames is taken out of the policy', async () => {
    rig.app.answer = (_incoming, outgoing) =>
      outgoing
        .writeHead(200, {
          'content-security-policy': "default-src 'self'; frame-ancestors 'none'; script-src 'nonce-x'",
          'x-frame-options': 'DENY',
          'x-content-type-options': 'nosniff',
        })
        .end();
    const { headers } = await rig.get('/', 'a1');
    expect(headers['content-security-policy']).toBe("default-src 'self'; script-src 'nonce-x'");
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('a compressed body passes byte for byte', async () => {
    const packed = brotliCompressSync('<p>点检记录</p>'.repeat(50));
    rig.app.answer = (_incoming, outgoing) =>
      outgoing.writeHead(200, { ...html, 'content-encoding': 'br' }).end(packed);
    const answer = await rig.get('/', 'a1', { 'accept-encoding': 'br' });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(Buffer.from(answer.body, 'latin1').equals(packed)).toBe(true);
  });

  test('events reach the page while the answer is still open, and hanging up reaches the server', async () => {
    const closed = new Promise<void>((resolve) => {
      rig.app.answer = (_incoming, outgoing) => {
        outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
        outgoing.write('data: one\n\n');
        outgoing.on('close', () => resolve());
      };
    });
    const events = request(`${rig.proxy.origin}/events`, { headers: { cookie: 'sandbox_phone=a1' } });
    events.on('error', () => undefined).end();
    const first = await new Promise((resolve) =>
      events.on('response', (answer) => answer.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
    );
    expect(first).toBe('data: one\n\n');
    events.destroy();
    await closed;
  });
});

describe('which page the phone shows', () => {
  const where = async () =>
    JSON.parse((await rig.get('/__phone/where?phone=a1', null)).body) as { path: string | null };

  test('a loaded page counts, an asset does not', async () => {
    expect((await where()).path).toBeNull();
    rig.app.answer = (incoming, outgoing) =>
      outgoing.writeHead(200, incoming.url === '/a.js' ? { 'content-type': 'text/javascript' } : html).end();
    await rig.get('/records?from=card', 'a1');
    await rig.get('/a.js', 'a1');
    expect((await where()).path).toBe('/records?from=card');
  });

  test('a page that routes by itself is known by its next request', async () => {
    await rig.send('GET', '/api/records/7', 'a1', { referer: `${rig.proxy.origin}/record?id=7` });
    expect((await where()).path).toBe('/record?id=7');
  });

  test('the workbench on the same host may ask, another site may not', async () => {
    const mine = await rig.get('/__phone/where?phone=a1', null, { origin: 'http://127.0.0.1:9100' });
    expect(mine.headers['access-control-allow-origin']).toBe('http://127.0.0.1:9100');
    const foreign = await rig.get('/__phone/where?phone=a1', null, { origin: 'http://evil.example' });
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('peeking reads the app as that person', async () => {
    rig.app.answer = (_incoming, outgoing) => outgoing.setHeader('set-cookie', 'sid=A; Path=/').end('{"items":[]}');
    await rig.get('/', 'a1');
    const answer = await rig.get('/__phone/peek?phone=a1&path=/api/records', null);
    expect(answer.body).toBe('{"items":[]}');
    expect(rig.app.seen.at(-1)).toMatchObject({ url: '/api/records', headers: { cookie: 'sid=A' } });
  });
});

describe('taking a phone in hand', () => {
  test('the browser holds the phone and goes on to the page', async () => {
    const answer = await rig.get('/__phone/start?phone=a1&to=/records?from=workbench', null);
    expect(answer.headers['set-cookie']).toEqual(['sandbox_phone=a1; Path=/; SameSite=Lax']);
    expect(answer.body).toContain('location.replace("/records?from=workbench")');
  });

  test.each(['//evil.example/', '/\\evil.example', 'http://evil.example/', '/__phone/forget'])(
    'it never leads elsewhere: %s',
    async (to) => {
      const answer = await rig.get(`/__phone/start?phone=a1&to=${encodeURIComponent(to)}`, null);
      expect(answer.body).toContain('location.replace("/")');
    },
  );

  test('a path cannot smuggle another server in', async () => {
    await rig.get('//evil.example/x', 'a1');
    expect(rig.app.seen.at(-1)?.url).toBe('//evil.example/x');
  });
});

describe('when something is missing', () => {
  test('a stopped app server is named, as a page or as JSON', async () => {
    rig.addPhone('down', IOS, 'http://127.0.0.1:9');
    const asPage = await rig.get('/', 'down');
    expect(asPage.status).toBe(502);
    expect(Buffer.from(asPage.body, 'latin1').toString()).toMatch(/应用服务没有启动[\s\S]*npm run demo/);
    const asJson = await rig.send('GET', '/api/verdict', 'down', { accept: 'application/json' });
    expect(JSON.parse(asJson.body)).toMatchObject({ error: { code: 'phone.server_down' } });
    expect((await rig.get('/', 'a1')).status).toBe(200);
  });

  test('a phone the sandbox has forgotten is refused and asks the app nothing', async () => {
    for (const phoneId of [null, 'gone']) {
      const answer = await rig.get('/', phoneId);
      expect(answer.status).toBe(400);
    }
    expect(rig.app.seen).toHaveLength(0);
  });
});
