import type { Page, Request } from 'playwright-core';
import { startStage, type Stage, type Visitor } from '../support/stage';
import { ask, createCast, pathOf, screenOf } from './cast';
import { askVerdict, drawn, readScreen } from './read-screen';

/** Ways in, seen from the person who goes them: every one ends at the page that was asked for, or says why not. */
let stage: Stage;
const cast = createCast(() => stage);

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterEach(async () => {
  await cast.leave();
  await stage.order('faults', { clear: true });
});
afterAll(() => stage.close());

const CALLBACK = '**/login/callback?*';
/** Where somebody was before they came to the app. */
const BEFORE = 'data:text/html,before';

/** Nothing of the login is left where it could be copied, forwarded or bookmarked. */
async function bareAddress(page: Page): Promise<URL> {
  await page.waitForURL((url) => url.hash === '');
  const url = new URL(page.url());
  expect([...url.searchParams.keys()]).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(code|state|auth_code)$/)]),
  );
  return url;
}

async function standsAtRecord(page: Page, id: string): Promise<void> {
  await page.locator('#record').waitFor();
  const url = await bareAddress(page);
  expect([url.origin + url.pathname, url.searchParams.get('id')]).toEqual([`${stage.origin}/record`, id]);
}

const recordOf = (sample: string, title: string, note = '') => cast.record(stage.member(sample, 3), { title, note });

describe('a record’s links keep their target', () => {
  test('forwarded to a colleague without a seat: logged in, activated, on that very record', async () => {
    const record = await recordOf('free_seats', '9 号冷却塔');
    const visitor = await cast.visitor(stage.member('free_seats'));
    await visitor.open('share', pathOf(record.links.share));
    await standsAtRecord(visitor.page, record.id);
    expect(await askVerdict(visitor.page)).toMatchObject({ reason: 'seat_valid' });
    await expect(visitor.page.title()).resolves.toBe('9 号冷却塔');
  });

  test('scanned while WeCom takes its time: through the wait to that very record', async () => {
    const record = await recordOf('free_seats', '10 号冷却塔');
    await stage.order('faults', { endpoint: '/cgi-bin/license/active_account_by_type', kind: 'slow', ms: 1500 });
    const visitor = await cast.visitor(stage.member('free_seats', 4));
    await visitor.open('qr', pathOf(record.links.qr));
    await visitor.page.locator('#gate-wait').first().waitFor();
    await bareAddress(visitor.page);
    await standsAtRecord(visitor.page, record.id);
  });

  test('a card in the app’s own conversation: WeCom activates, and the record opens', async () => {
    const record = await recordOf('free_seats', '11 号冷却塔');
    const visitor = await cast.visitor(await cast.newcomer(stage.member('free_seats').corpId));
    await visitor.open('card', `/record?id=${record.id}`);
    await standsAtRecord(visitor.page, record.id);
    expect(await askVerdict(visitor.page)).toMatchObject({ reason: 'seat_valid' });
  });

  test('a member who is in already goes straight to it', async () => {
    const record = await recordOf('trial_day_12', '3 号水泵');
    const visitor = await cast.arrive(stage.member('trial_day_12'));
    await drawn(visitor.page);
    const logins: string[] = [];
    visitor.page.on('request', (request) => void (request.url().includes('/login') && logins.push(request.url())));
    await visitor.open('share', pathOf(record.links.share));
    await standsAtRecord(visitor.page, record.id);
    expect(logins).toEqual([]);
  });
});

describe('a link of another corp', () => {
  const TITLE = '只有松涛知道的配电房';
  const NOTE = '备用钥匙在二楼';

  /** Everything a visitor’s browser was given by the app, as text. */
  function listenTo(visitor: Visitor): () => Promise<string> {
    const bodies: Promise<string>[] = [];
    visitor.page.on('response', (response) => {
      if (response.url().startsWith(stage.origin)) bodies.push(response.text().catch(() => ''));
    });
    return async () => (await Promise.all(bodies)).join('\n') + (await visitor.page.content());
  }

  test.each([
    ['a member who may use the app in their own corp', 'trial_day_12', 'lost', '无法查看这里的内容'],
    ['a member whose own corp’s trial is over', 'trial_over', 'block', '应用无法使用'],
    ['a member whose own corp removed the app', 'removed', 'block', '企业未安装此应用'],
  ] as const)('%s is refused, and is told nothing of it', async (_who, sample, kind, title) => {
    const record = await recordOf('free_seats', TITLE, NOTE);
    const visitor = await cast.visitor(stage.member(sample));
    const told = listenTo(visitor);
    await visitor.open('share', pathOf(record.links.share));
    expect(await screenOf(visitor)).toMatchObject({ kind, title });
    const answer = await ask(visitor.page, `/api/records/${record.id}`);
    expect(answer.status).toBe(kind === 'lost' ? 404 : 403);
    const everything = (await told()) + answer.text;
    expect(everything).toContain(title);
    expect(everything).not.toContain(TITLE);
    expect(everything).not.toContain(NOTE);
  });

  test('from the refusal the way leads to the visitor’s own records', async () => {
    const record = await recordOf('free_seats', TITLE, NOTE);
    const visitor = await cast.arrive(stage.member('trial_day_12'), {
      entry: 'share',
      path: pathOf(record.links.share),
    });
    await visitor.page.locator('#gate-not-found #gate-action-home').click();
    await visitor.page.locator('#records').waitFor();
    await expect(visitor.page.getByText(TITLE).count()).resolves.toBe(0);
  });
});

describe('back, refresh and twice at once', () => {
  /** The address WeCom sends this person back to, once they have been sent. */
  function callbackOf(page: Page): Promise<Request> {
    return page.waitForRequest((request) => request.url().includes('/login/callback?'));
  }

  test('after login, back leaves the app and forward returns: the login is no page of the history', async () => {
    const record = await recordOf('trial_day_12', '4 号水泵');
    const visitor = await cast.visitor(stage.member('trial_day_12'));
    await visitor.page.goto(BEFORE);
    await visitor.open('share', pathOf(record.links.share));
    await standsAtRecord(visitor.page, record.id);
    await visitor.page.goBack();
    expect(visitor.page.url()).toBe(BEFORE);
    await visitor.page.goForward();
    await standsAtRecord(visitor.page, record.id);
    await visitor.page.reload();
    await standsAtRecord(visitor.page, record.id);
  });

  test('the callback’s address opened again, here or on another device, ends at the record', async () => {
    const record = await recordOf('trial_day_12', '5 号水泵');
    const visitor = await cast.visitor(stage.member('trial_day_12'));
    const called = callbackOf(visitor.page);
    await visitor.open('share', pathOf(record.links.share));
    const address = (await called).url();
    await standsAtRecord(visitor.page, record.id);
    for (const one of [visitor, await cast.visitor(stage.member('trial_day_12'))]) {
      await one.page.goto(address);
      await standsAtRecord(one.page, record.id);
      await one.page.reload();
      await standsAtRecord(one.page, record.id);
    }
  });

  /** Goes through a login up to WeCom's answer; the callback's address is not opened yet. */
  async function callbackFor(visitor: Visitor, path: string): Promise<string> {
    const hop = async (url: string) => {
      const answer = await visitor.context.request.get(url, { maxRedirects: 0 });
      return new URL(answer.headers().location ?? '', url).href;
    };
    return hop(await hop(await hop(await visitor.addressOf('link', path))));
  }

  test.each([
    ['before it reached the server', async () => undefined],
    [
      'on the way back: code and state are used up, the session is lost',
      async (request: Request) => {
        await fetch(request.url(), { headers: await request.allHeaders(), redirect: 'manual' });
      },
    ],
  ])('a refresh on the callback goes on where the connection broke %s', async (_where, beforeBreak) => {
    const visitor = await cast.visitor(stage.member('trial_day_12'));
    const address = await callbackFor(visitor, '/records?tab=1');
    await visitor.page.route(
      CALLBACK,
      async (route) => {
        await beforeBreak(route.request());
        await route.abort();
      },
      { times: 1 },
    );
    await expect(visitor.page.goto(address)).rejects.toThrow(/ERR_FAILED/);
    await visitor.page.waitForURL(/^chrome-error:/);
    await visitor.page.reload();
    await visitor.page.locator('#records').waitFor();
    expect((await bareAddress(visitor.page)).searchParams.get('tab')).toBe('1');
  });

  test('back out of WeCom’s own page in the middle of a login, and in again', async () => {
    const { visitor } = await scanning('trial_day_12', '/records');
    await visitor.page.goBack();
    expect((await screenOf(visitor)).kind).toBe('open');
    await visitor.page.goForward();
    await visitor.page.locator('#confirm-person').click();
    await visitor.page.locator('#records').waitFor();
    await visitor.page.goBack();
    await visitor.page.locator('#confirm-person').click();
    await visitor.page.locator('#records').waitFor();
    await bareAddress(visitor.page);
  });

  test('two tabs that log in at the same time each end at their own record', async () => {
    const records = await Promise.all([recordOf('trial_day_12', '6 号水泵'), recordOf('trial_day_12', '7 号水泵')]);
    const visitor = await cast.visitor(stage.member('trial_day_12'));
    const tabs = [visitor.page, await visitor.context.newPage()];
    await Promise.all(
      records.map(async (record, index) => {
        const tab = tabs[index] ?? visitor.page;
        await tab.goto(await visitor.addressOf('share', pathOf(record.links.share)));
        await standsAtRecord(tab, record.id);
      }),
    );
  });
});

/** A desktop browser that has been sent from the app to WeCom’s scan page. */
async function scanning(sample: string, path: string) {
  const visitor = await cast.arrive(stage.member(sample), { entry: 'link', path, look: { client: 'browser' } });
  const screen = await screenOf(visitor);
  await visitor.page.locator('#gate-action-scan').click();
  await visitor.page.locator('#confirm-person').waitFor();
  return { visitor, screen };
}

describe('outside WeCom', () => {
  test('a browser says where to open it; scanning leads to the page that was asked for', async () => {
    const record = await recordOf('trial_day_12', '8 号水泵');
    const { screen, visitor } = await scanning('trial_day_12', `/record?id=${record.id}`);
    expect(screen).toMatchObject({ kind: 'open', title: '请在企业微信中打开' });
    expect(new URL(visitor.page.url()).origin).toBe(stage.sandbox.origin);
    await visitor.page.locator('#confirm-person').click();
    await standsAtRecord(visitor.page, record.id);
  });

  test('WeChat says that it cannot tell who one is, and hands over the link to open in WeCom', async () => {
    const path = '/record?id=whatever';
    const guest = await cast.arrive('outsider', { entry: 'link', path, look: { client: 'wechat' } });
    expect(await screenOf(guest)).toMatchObject({
      kind: 'open',
      title: '请在企业微信中打开',
      sentence: '微信里无法确认你的企业身份，请在企业微信里打开',
      actions: ['复制链接', '我没有企业微信，以访客身份查看'],
    });
    await guest.page.locator('#gate-action-copy_link').click();
    await guest.page.getByText('已复制').waitFor();
    await expect(guest.page.evaluate(() => navigator.clipboard.readText())).resolves.toBe(`${stage.origin}${path}`);
  });
});

describe('the administrator’s link in WeCom’s console', () => {
  test.each(['trial_day_12', 'trial_over'])(
    'leads to the licence page (%s), again on refresh and back',
    async (sample) => {
      const visitor = await cast.visitor(stage.member(sample, 2));
      const link = await visitor.addressOf('settings');
      for (const open of [() => visitor.page.goto(link), () => visitor.page.reload(), () => visitor.page.goto(link)]) {
        await open();
        await visitor.page.locator('#licences').waitFor();
        expect((await bareAddress(visitor.page)).pathname).toBe('/admin');
      }
    },
  );

  test('a used link on another device says what to do, and what it offers works', async () => {
    const admin = stage.member('trial_day_12', 2);
    const first = await cast.visitor(admin);
    const link = await first.addressOf('settings');
    await first.page.goto(link);
    const second = await cast.visitor(admin, { client: 'browser' });
    await second.page.goto(link);
    expect(await screenOf(second)).toMatchObject({ kind: 'failed', title: '登录链接已失效' });
    await bareAddress(second.page);
    await second.page.locator('#gate-failed a').first().click();
    await second.page.locator('#confirm-person').click();
    await second.page.locator('#licences').waitFor();
  });
});

describe('a session ends', () => {
  test('with the app: what the page asks for is refused, and the next page says so', async () => {
    const { corpId, members } = await stage.corp({ name: '将要移除的企业', members: ['成员一', '成员二'] });
    const visitor = await cast.arrive({ corpId, userId: members[0]?.userId ?? '' });
    await visitor.page.locator('#records').waitFor();
    await stage.order('uninstall', { corpId });
    await stage.settled();
    expect(await ask(visitor.page, '/api/records')).toMatchObject({ status: 401 });
    await visitor.page.reload();
    expect(await screenOf(visitor)).toMatchObject({ kind: 'block', title: '企业未安装此应用' });
  });

  test('with the member’s time in the corp: they come back as a stranger', async () => {
    const leaver = await cast.newcomer(stage.member('trial_day_12').corpId);
    const visitor = await cast.arrive(leaver);
    await visitor.page.locator('#records').waitFor();
    await stage.order('members', { ...leaver, action: 'leave' });
    await stage.settled();
    expect(await ask(visitor.page, '/api/records')).toMatchObject({ status: 401 });
    await visitor.page.reload();
    await visitor.page.locator('#records-outsider').waitFor();
    expect(await ask(visitor.page, '/api/records')).toMatchObject({ status: 403 });
    expect((await readScreen(visitor.page)).kind).toBe('page');
  });
});
