import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { GateState } from '../../src/gate/gate-state';
import { plainPages } from '../support/plain-pages';
import { startWorld, type SandboxCorp, type TestPhone, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;
let phone: TestPhone;

const at = (path: string) => `${world.origin}${path}`;
const holderOf = (one: SandboxCorp, index = 0) => ({ corpId: one.corpId, userId: one.members[index]?.userId ?? '' });

beforeAll(async () => {
  world = await startWorld({ given: { pages: plainPages } });
  corp = await world.corp({ members: ['成员一', '成员二', '成员三'] });
  phone = await loggedIn(corp);
});
afterAll(() => world.close());

async function loggedIn(one: SandboxCorp, index = 0): Promise<TestPhone> {
  const device = await world.phone(holderOf(one, index));
  await device.open(at('/records'));
  return device;
}

function stateIn(html: string): GateState {
  const json = /<script type="application\/json" id="gate-state"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1];
  return JSON.parse(json ?? 'null') as GateState;
}

const recordsOf = ({ corpId }: SandboxCorp) =>
  world.deps.store.db.selectFrom('records').selectAll().where('corp_id', '=', corpId).execute();

async function recordOf(one: SandboxCorp, publicLabel: number) {
  const record = (await recordsOf(one)).find(({ public_label }) => public_label === publicLabel);
  if (!record) throw new Error('the sample records are missing');
  return record;
}

const entryOf = async () =>
  (
    await world.deps.store.db
      .selectFrom('sessions')
      .select('entry')
      .where('sid_hash', 'in', world.deps.sessions.hashesOf(phone.cookie(world.origin, 'gate_sid') ?? ''))
      .executeTakeFirstOrThrow()
  ).entry;

describe('a page', () => {
  test('carries its verdict, the person, and where actions return to', async () => {
    const page = await phone.get(at('/records?q=1'));
    expect(page.status).toBe(200);
    expect(stateIn(page.text)).toMatchObject({
      screen: 'verdict',
      verdict: { outcome: 'allow', reason: 'trial', audience: 'member', corpId: corp.corpId },
      person: { corpId: corp.corpId, isAdmin: false, isOutsider: false },
      client: 'wecom',
      lang: 'zh-CN',
      scheme: 'light',
      returnTo: '/records?q=1',
      bannerClosed: false,
    });
    expect(page.text).toContain('<div id="gate"><section id="screen-verdict"');
  });

  test('is kept by nobody and differs by client', async () => {
    const { headers } = await phone.get(at('/records'));
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('vary')).toBe('Accept-Encoding, Cookie, User-Agent, Accept-Language');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  test('runs only scripts of its own nonce, a new one each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, text } = await phone.get(at('/records'));
        const policy = headers.get('content-security-policy') ?? '';
        const nonce = /script-src 'nonce-([0-9A-Za-z]{22})' 'strict-dynamic'/.exec(policy)?.[1] ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toContain('unsafe');
        const tags = text.match(/<(?:script|style)\b[^>]*>/g) ?? [];
        expect(tags.every((tag) => tag.includes(`nonce="${nonce}"`))).toBe(true);
        return nonce;
      }),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
  ] as const)('to a client that takes %s comes as %s', async (accepted, encoding, open) => {
    const { get } = await import('node:http');
    const cookie = `gate_sid=${phone.cookie(world.origin, 'gate_sid')}`;
    const headers = { cookie, accept: 'text/html', 'accept-encoding': accepted };
    const [bytes, got] = await new Promise<[Buffer, string | undefined]>((resolve, reject) => {
      get(at('/records'), { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve([Buffer.concat(chunks), response.headers['content-encoding']]));
      }).on('error', reject);
    });
    expect(got ?? null).toBe(encoding);
    expect(open(bytes).toString()).toContain('<div id="app"></div>');
  });

  test('answers HEAD like GET, without the body', async () => {
    const cookie = `gate_sid=${phone.cookie(world.origin, 'gate_sid')}`;
    const head = await fetch(at('/records'), { method: 'HEAD', headers: { cookie } });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toContain('text/html');
  });

  test('speaks the client’s language and wears its colours', async () => {
    const english = await phone.get(at('/records'), {
      'user-agent': 'wxwork/4.1.30 MicroMessenger/7.0.1 Language/en ColorScheme/Dark',
    });
    expect(english.text).toContain('<html lang="en" data-scheme="dark">');
    expect(stateIn(english.text).verdict?.title).toMatch(/trial/i);
  });

  test('a banner closed today stays away, one closed on another day or for another reason does not', async () => {
    const { verdict } = stateIn((await phone.get(at('/records'))).text);
    const closed = async (value: string) => {
      phone.setCookie(world.origin, 'gate_quiet', value);
      return stateIn((await phone.get(at('/records'))).text).bannerClosed;
    };
    const day = verdict?.checkedAt.slice(0, 10);
    expect(await closed(`trial.${day}`)).toBe(true);
    expect(await closed('trial.2001-01-01')).toBe(false);
    expect(await closed(`seat_expiring.${day}`)).toBe(false);
  });
});

describe('where a visit came from', () => {
  test('the root leads to the records with its query', async () => {
    expect((await phone.get(at('/?from=card&mid=1'))).location).toBe(at('/records?from=card&mid=1'));
  });

  test('follows the newest link, and stays without one', async () => {
    await phone.get(at('/records?from=qr'));
    expect(await entryOf()).toBe('qr');
    await phone.get(at('/records'));
    expect(await entryOf()).toBe('qr');
    await phone.get(at('/records?from=workbench'));
    expect(await entryOf()).toBe('workbench');
    await phone.get(at('/records?from=nonsense'));
    expect(await entryOf()).toBe('workbench');
  });
});

describe('a record’s page', () => {
  test('opens for the corp it belongs to', async () => {
    const record = await recordOf(corp, 0);
    const page = await phone.get(at(`/record?id=${record.id}`));
    expect(page.status).toBe(200);
    expect(stateIn(page.text)).toMatchObject({ screen: 'verdict', targetTitle: null });
  });

  test('is refused to another corp, exactly like one that does not exist', async () => {
    const other = await world.corp({ name: '另一家' });
    const stranger = await loggedIn(other);
    const record = await recordOf(corp, 1);
    const refused = await stranger.get(at(`/record?id=${record.id}&from=share`));
    const missing = await stranger.get(at('/record?id=nothing&from=share'));
    for (const { status, text } of [refused, missing]) {
      expect(status).toBe(404);
      expect(text).toContain('id="screen-not_found"');
      expect(text).not.toContain(record.title);
    }
  });

  test('an outsider sees a public label’s page and no other', async () => {
    const outsider = await world.phone('outsider', 'wechat');
    await outsider.open(at('/login'));
    const open = await outsider.get(at(`/record?id=${(await recordOf(corp, 1)).id}`));
    expect(open.status).toBe(200);
    expect(stateIn(open.text).person).toMatchObject({ isOutsider: true, corpId: null });
    expect((await outsider.get(at(`/record?id=${(await recordOf(corp, 0)).id}`))).status).toBe(404);
  });
});

describe('a page held back', () => {
  test('carries nothing of the feature, and its administrator is told what to do', async () => {
    const late = await world.corp({ name: '试用已过' });
    const titles = (await recordsOf(late)).map(({ title }) => title);
    const member = await loggedIn(late);
    await world.order('clock', { advance: '6d' });
    await world.order('checking', { corpId: late.corpId, trial: false });
    for (const path of ['/records', `/record?id=${(await recordOf(late, 1)).id}`, '/admin']) {
      const page = await member.get(at(path));
      expect(stateIn(page.text).verdict).toMatchObject({ outcome: 'block', reason: 'trial_over' });
      for (const title of titles) expect(page.text).not.toContain(title);
    }
    const admin = await loggedIn(late, 1);
    const page = stateIn((await admin.get(at('/admin'))).text);
    expect(page).toMatchObject({ verdict: { audience: 'admin' }, person: { isAdmin: true } });
  });
});

describe('no page', () => {
  test.each(['/nothing-here', '/records/7', '/login/nothing'])('%s is the app’s own 404', async (path) => {
    const page = await phone.get(at(path));
    expect(page.status).toBe(404);
    expect(page.text).toContain('id="screen-not_found"');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'nonce-");
  });

  test('a program gets its 404 as JSON', async () => {
    const answer = await fetch(at('/api/nothing'));
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: 'request.not_found' } });
    expect((await fetch(at('/records'), { method: 'POST' })).status).toBe(405);
  });
});

describe('without a session', () => {
  test('WeCom goes to login and comes back to the very page', async () => {
    const device = await world.phone(holderOf(corp, 2));
    const record = await recordOf(corp, 0);
    const answer = await device.get(at(`/record?id=${record.id}&from=qr&code=stray`));
    const query = new URL(answer.location ?? '').searchParams;
    expect([query.get('return_to'), query.get('from')]).toEqual([`/record?id=${record.id}&from=qr`, 'qr']);
    expect((await device.open(answer.location ?? '')).url).toBe(at(`/record?id=${record.id}&from=qr`));
  });

  test('a browser is offered a scan, WeChat a visit, and each keeps the target', async () => {
    const desktop = stateIn((await (await world.phone(holderOf(corp), 'browser')).get(at('/record?id=1'))).text);
    expect(desktop).toMatchObject({ screen: 'open_in_wecom', client: 'browser', desktop: true, verdict: null });
    expect(desktop.waysIn).toEqual({
      scanHref: '/login/web?return_to=%2Frecord%3Fid%3D1',
      visitHref: null,
      workbenchOnly: false,
    });
    const wechat = stateIn((await (await world.phone('outsider', 'wechat')).get(at('/record?id=1'))).text);
    expect(wechat.waysIn).toEqual({
      scanHref: null,
      visitHref: '/login?return_to=%2Frecord%3Fid%3D1',
      workbenchOnly: false,
    });
  });
});
