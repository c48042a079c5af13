import { findLoginState } from '../../server/store/login-states';
import { hashSecret } from '../../server/ids';
import { plainPages } from '../support/plain-pages';
import { startWorld, type SandboxCorp, type TestPhone, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  world = await startWorld({ given: { pages: plainPages } });
  corp = await world.corp();
});
afterAll(() => world.close());

const memberOf = (one: SandboxCorp, index = 0) => ({ corpId: one.corpId, userId: one.members[index]?.userId ?? '' });
const phoneOf = (index = 0) => world.phone(memberOf(corp, index));
const at = (path: string) => `${world.origin}${path}`;

/** Follows a login up to the address WeCom sends the person back to, without opening it. */
async function backFromWecom(phone: TestPhone, loginPath: string): Promise<string> {
  const begun = await phone.get(at(loginPath));
  return (await phone.get(begun.location ?? '')).location ?? '';
}

/** The member whom a browser's session belongs to, as the pages see it. */
async function whoIs(phone: TestPhone): Promise<string | null> {
  const row = await world.deps.store.db.selectFrom('sessions').select(['user_id', 'sid_hash']).execute();
  const hashes = world.deps.sessions.hashesOf(phone.cookie(world.origin, 'gate_sid') ?? '');
  return row.find(({ sid_hash }) => hashes.includes(sid_hash))?.user_id ?? null;
}

async function entryOf(phone: TestPhone): Promise<string | undefined> {
  const hashes = world.deps.sessions.hashesOf(phone.cookie(world.origin, 'gate_sid') ?? '');
  const rows = await world.deps.store.db.selectFrom('sessions').selectAll().where('sid_hash', 'in', hashes).execute();
  return rows[0]?.entry;
}

describe('the way to WeCom', () => {
  test('a third-party app asks silently under its suite id, with a state WeCom takes', async () => {
    const { location, headers } = await (await phoneOf()).get(at('/login?return_to=/record?id=1&from=qr'));
    const url = new URL(location ?? '');
    expect(`${url.origin}${url.pathname}${url.hash}`).toBe(
      `${world.sandbox.origin}/connect/oauth2/authorize#wechat_redirect`,
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      appid: world.deps.config.suite.id,
      redirect_uri: at('/login/callback'),
      response_type: 'code',
      scope: 'snsapi_base',
      state: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('the browser’s mark is HttpOnly, Lax and short-lived, and the state is kept as a hash', async () => {
    const { headers, location } = await (await phoneOf()).get(at('/login'));
    const cookie = headers.getSetCookie().find((line) => line.startsWith('gate_browser=')) ?? '';
    expect(cookie).toMatch(/; httponly/i);
    expect(cookie).toMatch(/; samesite=lax/i);
    expect(Date.parse(/expires=([^;]+)/i.exec(cookie)?.[1] ?? '') - Date.now()).toBeLessThan(3_600_000);
    const state = new URL(location ?? '').searchParams.get('state') ?? '';
    expect(await findLoginState(world.deps.store.db, hashSecret(state))).toMatchObject({
      purpose: 'oauth',
      attempt: 1,
    });
  });

  test.each([
    ['another host', '//evil.example', '/records'],
    ['another host by a backslash', '/\\evil.example', '/records'],
    ['another origin', 'https://evil.example/', '/records'],
    ['another host, encoded', '/%2f%2fevil.example', '/records'],
    ['login itself', '/login?return_to=/login', '/records'],
    ['the callback', '/login/callback?code=a&state=b', '/records'],
    ['more than 2 KB', `/records?q=${'a'.repeat(3000)}`, '/records'],
    ['a page of ours', '/records?q=1', '/records?q=1'],
  ])('return_to %s ends at a page of ours', async (_name, asked, target) => {
    const page = await (await phoneOf()).open(at(`/login?return_to=${encodeURIComponent(asked)}`));
    expect(page.status).toBe(200);
    expect(page.url).toBe(at(target));
  });
});

describe('coming back', () => {
  test.each(['workbench', 'card', 'share', 'qr'] as const)(
    '%s logs in and keeps its target and entry',
    async (entry) => {
      const phone = await phoneOf();
      const path = entry === 'workbench' ? undefined : '/records?q=1';
      const page = await phone.open(await phone.addressOf(entry, path));
      expect(page.status).toBe(200);
      expect(page.url).toBe(at(entry === 'workbench' ? '/records?from=workbench' : `/records?q=1&from=${entry}`));
      expect(page.text).toContain('data-reason="trial"');
      expect(await entryOf(phone)).toBe(entry);
      expect(await whoIs(phone)).toBe(memberOf(corp).userId);
    },
  );

  test('the address bar never keeps a code or a state, and the callback tells it to nobody', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records');
    const answer = await phone.get(back);
    expect(answer.status).toBe(302);
    expect(answer.location).toBe(at('/records'));
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.getSetCookie().find((line) => line.startsWith('gate_sid='))).toMatch(/httponly/i);
  });

  test('back and refresh on the callback end at the page while the session lives', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records?q=1');
    await phone.get(back);
    const again = await phone.open(back);
    expect(again.hops).toEqual([back, at('/records?q=1')]);
    expect(again.status).toBe(200);
  });

  test('a refresh whose first answer was lost logs in afresh, as often as it happens', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records');
    for (let refresh = 0; refresh < 4; refresh += 1) {
      await phone.get(back);
      phone.setCookie(world.origin, 'gate_sid', '');
    }
    const page = await phone.open(back);
    expect([page.status, page.url]).toEqual([200, at('/records')]);
  });

  test('of two callbacks with one state one wins, and both end at the page', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records?q=1');
    const ends = await Promise.all([phone.open(back), phone.open(back)]);
    expect(ends.map(({ status, url }) => [status, url])).toEqual(Array(2).fill([200, at('/records?q=1')]));
    const straight = ends.filter(({ hops }) => hops.length === 2);
    expect(straight).toHaveLength(1);
  });

  test('two tabs of a new browser log in at once, each to its own page', async () => {
    const phone = await phoneOf();
    const tabs = await Promise.all([
      backFromWecom(phone, '/login?return_to=/records?tab=1'),
      backFromWecom(phone, '/login?return_to=/records?tab=2'),
    ]);
    const ends = await Promise.all(tabs.map((back) => phone.open(back)));
    expect(ends.map(({ status, url }) => [status, url])).toEqual([
      [200, at('/records?tab=1')],
      [200, at('/records?tab=2')],
    ]);
  });

  test('a login left lying too long is begun again', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records?q=1');
    await world.order('clock', { advance: '11m' });
    const page = await phone.open(back);
    expect([page.status, page.url]).toEqual([200, at('/records?q=1')]);
  });

  test('a code that died on the way is replaced by a fresh login', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records?q=1');
    await world.order('clock', { advance: '6m' });
    const page = await phone.open(back);
    expect([page.status, page.url]).toEqual([200, at('/records?q=1')]);
  });

  test('a code that never works ends on a screen after two attempts', async () => {
    const phone = await phoneOf();
    const spoil = (location: string | null) => {
      const state = new URL(location ?? '').searchParams.get('state') ?? '';
      return phone.get(at(`/login/callback?code=nonsense&state=${state}`));
    };
    const second = await spoil((await phone.get(at('/login?return_to=/records?q=1'))).location);
    expect(second.location).toContain('/connect/oauth2/authorize');
    const third = await spoil(second.location);
    const screen = await phone.open(third.location ?? '');
    expect(screen.status).toBe(401);
    expect(screen.text).toContain('id="screen-login_failed"');
    expect(screen.text).toContain('login.code/40029');
    expect(screen.url).not.toMatch(/[?&](code|state)=/);
  });

  test('the screen of a failure tells it whatever its address says or leaves out', async () => {
    const phone = await phoneOf();
    for (const address of ['/login/failed', '/login/failed?why=unlicensed', '/login/failed?return_to=//evil.example']) {
      const screen = await phone.open(at(address));
      expect(screen.text).toContain('id="screen-login_failed"');
      expect(screen.text).not.toContain('evil.example');
    }
  });

  test('a code that came back missing begins again', async () => {
    const phone = await phoneOf();
    const begun = await phone.get(at('/login?return_to=/records'));
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    const page = await phone.open(at(`/login/callback?state=${state}`));
    expect([page.status, page.url]).toEqual([200, at('/records')]);
  });

  test('a forged state gives no session by itself; the person logs in as themselves', async () => {
    const phone = await phoneOf(1);
    const answer = await phone.get(at('/login/callback?code=abc&state=forged'));
    expect(answer.headers.getSetCookie().join()).not.toContain('gate_sid');
    const page = await phone.open(at('/login/callback?code=abc&state=forged'));
    expect(page.status).toBe(200);
    expect(await whoIs(phone)).toBe(memberOf(corp, 1).userId);
  });

  test('another browser’s callback never logs this one in as that other person', async () => {
    const attacker = await phoneOf(0);
    const victim = await phoneOf(1);
    const back = await backFromWecom(attacker, '/login?return_to=/records');
    const page = await victim.open(back);
    expect([page.status, page.url]).toEqual([200, at('/records')]);
    expect(await whoIs(victim)).toBe(memberOf(corp, 1).userId);
    expect((await attacker.open(back)).status).toBe(200);
    expect(await whoIs(attacker)).toBe(memberOf(corp, 0).userId);
  });

  test('where all cookies are blocked the second attempt ends on a screen that says so', async () => {
    const phone = await world.phone(memberOf(corp), 'wecom-ios', { refuses: () => true });
    const page = await phone.open(at('/records'));
    expect(page.hops.filter((hop) => hop.includes('/connect/oauth2/authorize'))).toHaveLength(2);
    expect(page.status).toBe(400);
    expect(page.text).toContain('登录没有保存下来');
    expect(page.url).not.toMatch(/[?&](code|state)=/);
  });

  test('where only the session cookie is lost the rounds end on the same screen', async () => {
    const phone = await world.phone(memberOf(corp), 'wecom-ios', { refuses: (name) => name === 'gate_sid' });
    let url = at('/records');
    for (let hop = 0; hop < 60 && !url.includes('/login/failed'); hop += 1)
      url = (await phone.get(url)).location ?? url;
    expect((await phone.get(url)).text).toContain('登录没有保存下来');
  });
});

describe('who comes back', () => {
  test('a member of a corp that never installed the app gets a session and the verdict that says so', async () => {
    const other = await world.corp({ name: '没有安装', installed: false });
    const phone = await world.phone(memberOf(other));
    const page = await phone.open(at('/records?from=share'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('data-reason="app_not_installed"');
    const { db } = world.deps.store;
    const sessions = await db.selectFrom('sessions').selectAll().where('corp_id', '=', other.corpId).execute();
    expect(sessions).toMatchObject([{ open_user_id: expect.stringMatching(/^wOpen/) }]);
    // Nobody of a corp without the app is put on record.
    expect(await db.selectFrom('members').selectAll().where('corp_id', '=', other.corpId).execute()).toEqual([]);
  });

  test('somebody without WeCom is asked to open it there, and may visit as an outsider', async () => {
    const phone = await world.phone('outsider', 'wechat');
    const welcome = await phone.open(at('/records'));
    expect(welcome.status).toBe(200);
    expect(welcome.text).toContain('id="screen-open_in_wecom"');
    const visitHref = /"visitHref":"([^"]+)"/.exec(welcome.text)?.[1] ?? '';
    const page = await phone.open(at(visitHref));
    expect(page.text).toContain('data-reason="outsider_free"');
  });

  test('a member without a seat whom WeCom will not name is told how to get one', async () => {
    const late = await world.corp({ name: '试用已过' });
    await world.order('clock', { advance: '100d' });
    await world.order('settings', { interception: 'refuse' });
    const phone = await world.phone(memberOf(late));
    const refused = await phone.open(at('/records'));
    await world.order('settings', { interception: 'notify' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('login.unlicensed/701099');
    expect(refused.text).toContain('请联系企业管理员分配名额');
    const named = await phone.open(at('/records'));
    expect(named.text).toContain('data-reason="trial_over"');
  });

  test('WeCom being down is a screen with a way to try again, and trying again works', async () => {
    const phone = await phoneOf();
    const back = await backFromWecom(phone, '/login?return_to=/records?q=1');
    await world.order('faults', { endpoint: '/cgi-bin/service/auth/getuserinfo3rd', kind: 'down' });
    const screen = await phone.open(back);
    await world.order('faults', { clear: true });
    expect(screen.status).toBe(503);
    expect(screen.text).toContain('暂时无法登录');
    const retryHref = /"retryHref":"([^"]+)"/.exec(screen.text)?.[1] ?? '';
    expect((await phone.open(at(retryHref))).url).toBe(at('/records?q=1'));
  });
});

describe('scan login on a desktop', () => {
  test('a browser is offered the scan, and comes back logged in with entry web', async () => {
    const phone = await world.phone(memberOf(corp), 'browser');
    const welcome = await phone.open(at('/records?q=1'));
    const scanHref = /"scanHref":"([^"]+)"/.exec(welcome.text)?.[1] ?? '';
    const begun = await phone.get(at(scanHref));
    const url = new URL(begun.location ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${world.sandbox.origin}/wwlogin/sso/login`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      login_type: 'ServiceApp',
      appid: world.deps.config.suite.id,
      redirect_uri: at('/login/callback'),
      lang: 'zh',
    });
    const { corpId, userId } = memberOf(corp);
    const body = new URLSearchParams({ person: `${corpId}/${userId}` });
    const scanned = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const page = await phone.open(scanned.headers.get('location') ?? '');
    expect([page.status, page.url]).toEqual([200, at('/records?q=1')]);
    expect(await entryOf(phone)).toBe('web');
  });
});

describe('the administrator’s link', () => {
  const ADMIN = 1;

  test('logs in once, remembers the right, and leaves no code behind', async () => {
    const phone = await phoneOf(ADMIN);
    const link = await phone.addressOf('settings');
    const page = await phone.open(link);
    expect([page.status, page.url]).toEqual([200, at('/admin')]);
    expect(await entryOf(phone)).toBe('admin');
    const admins = await world.deps.store.db.selectFrom('corp_admins').selectAll().execute();
    expect(admins).toContainEqual({ ...rowOf(memberOf(corp, ADMIN)), auth_type: 1 });
    expect((await phone.open(link)).url).toBe(at('/admin'));
  });

  test('used up in another browser, it says where to get a new one', async () => {
    const phone = await phoneOf(ADMIN);
    const link = await phone.addressOf('settings');
    await phone.open(link);
    const other = await phoneOf(ADMIN);
    const screen = await other.open(link);
    expect(screen.status).toBe(401);
    expect(screen.text).toContain('登录链接已失效');
    expect(screen.text).toContain('/login/web?return_to=%2Fadmin');
    expect(screen.url).not.toContain('auth_code');
  });

  test('an ordinary member is let in as one', async () => {
    const phone = await phoneOf(0);
    const page = await phone.open(await phone.addressOf('settings'));
    expect([page.status, page.url]).toEqual([200, at('/records')]);
    expect(await entryOf(phone)).toBe('unknown');
  });

  test('without a code there is no login', async () => {
    const screen = await (await phoneOf(ADMIN)).open(at('/login/admin'));
    expect(screen.status).toBe(401);
  });

  test('a link cannot claim the administrator’s entry', async () => {
    const phone = await phoneOf(0);
    await phone.open(at('/records?from=admin'));
    expect(await entryOf(phone)).toBe('unknown');
  });

  const rowOf = ({ corpId, userId }: { corpId: string; userId: string }) => ({ corp_id: corpId, user_id: userId });
});

test('no code, state or token is in the log', async () => {
  const phone = await phoneOf();
  const back = new URL(await backFromWecom(phone, '/login'));
  await phone.get(back.href);
  const secrets = [
    back.searchParams.get('code'),
    back.searchParams.get('state'),
    phone.cookie(world.origin, 'gate_sid'),
  ];
  const logs = world.logs();
  expect(logs).toContain('/login/callback');
  for (const secret of secrets) expect(logs).not.toContain(secret);
});
