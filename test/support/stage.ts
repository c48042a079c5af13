import type { Browser, BrowserContext, Page } from 'playwright-core';
import { USER_AGENTS } from '../../sandbox/login/user-agents';
import { loadGatePages } from '../../server/http/pages/gate-pages';
import { loadAssets } from '../../server/http/static-files';
import { findCorp } from '../../server/store/corps';
import { launchChromium } from './chromium';
import { waitFor } from './wait-for';
import { startWorld, type Entry, type PhoneClient, type World, type WorldOptions } from './world';

export type Holder = { readonly corpId: string; readonly userId: string } | 'outsider';

export type Look = {
  readonly client?: PhoneClient;
  readonly lang?: 'zh' | 'en';
  readonly scheme?: 'Light' | 'Dark';
  readonly width?: number;
  readonly scripts?: boolean;
};

/** One person with one device, in a real browser with WeCom's user agent. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens the app the way the entry does and waits until it is drawn. */
  readonly open: (entry: Entry, path?: string) => Promise<void>;
  /** The address an entry leads to, as WeCom would open it now. */
  readonly addressOf: (entry: Entry, path?: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Sandbox, server and browser together; nothing is mocked. */
export type Stage = World & {
  readonly visitor: (holder: Holder, look?: Look) => Promise<Visitor>;
  /** The nth member (from 1) of a sample corp: 1 to play with, 2 administers, 4 has no seat. */
  readonly member: (sample: string, nth?: number) => { corpId: string; userId: string };
  /** Moves WeCom's time, for the server too. */
  readonly advance: (span: string) => Promise<void>;
  readonly moveTo: (atMs: number) => Promise<void>;
};

/** Starts everything with the built front end (`npm run build` or `npm test` makes it). */
export async function startStage(options: WorldOptions = {}): Promise<Stage> {
  const pages = loadGatePages('dist');
  if (pages === null) throw new Error('dist/ holds no front end: npm run build');
  const given = { pages, assets: loadAssets('dist/h5'), ...options.given };
  const [world, browser] = await Promise.all([startWorld({ samples: true, ...options, given }), launchChromium()]);
  const moved = async (body: object) => {
    await world.order('clock', body);
    await world.settled();
  };
  const member: Stage['member'] = (sample, nth = 1) => {
    const corp = world.sandbox.state.corps.find((one) => one.sample === sample);
    const found = corp?.members[nth - 1];
    if (!corp || !found) throw new Error(`no member ${nth} of sample ${sample}`);
    return { corpId: corp.corpId, userId: found.userId };
  };
  await waitFor('the sample corps to be installed', () => everySampleArrived(world), 30_000);
  return {
    ...world,
    member,
    visitor: (holder, look) => createVisitor(world, browser, holder, look),
    advance: (span) => moved({ advance: span }),
    moveTo: (atMs) => moved({ now: atMs }),
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
}

/** Whether the server has heard of every sample corp that plays with its suite. */
async function everySampleArrived({ deps, sandbox }: World): Promise<boolean> {
  const suite = sandbox.state.suites.find(({ suiteId }) => suiteId === deps.config.suite.id);
  const samples = sandbox.state.corps.filter((corp) => corp.sample !== null && corp.suiteId === suite?.suiteId);
  const known = await Promise.all(samples.map(({ corpId }) => findCorp(deps.store.db, corpId)));
  return known.every(
    (corp, index) => corp?.status === (samples[index]?.sample === 'removed' ? 'removed' : 'installed'),
  );
}

async function createVisitor(world: World, browser: Browser, holder: Holder, look: Look = {}): Promise<Visitor> {
  const client = look.client ?? 'wecom-ios';
  const phone = await world.phone(holder, client);
  const userAgent = USER_AGENTS[client]
    .replace(/Language\/\w+/, `Language/${look.lang ?? 'zh'}`)
    .replace(/ColorScheme\/\w+/, `ColorScheme/${look.scheme ?? 'Light'}`);
  const context = await browser.newContext({
    userAgent,
    javaScriptEnabled: look.scripts ?? true,
    locale: look.lang === 'en' ? 'en-US' : 'zh-CN',
    colorScheme: look.scheme === 'Dark' ? 'dark' : 'light',
    viewport: { width: look.width ?? 375, height: 740 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addCookies([{ name: 'sandbox_phone', value: phone.id, url: world.sandbox.origin }]);
  // Sooner than the test's own limit, so that a failure names what was awaited.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return {
    page,
    context,
    open: async (entry, path) => {
      await page.goto(await phone.addressOf(entry, path));
    },
    addressOf: phone.addressOf,
    close: () => context.close(),
  };
}
