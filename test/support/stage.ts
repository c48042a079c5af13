import type { Browser, BrowserContext, Page } from 'playwright-core';
import { USER_AGENTS } from '../../sandbox/login/user-agents';
import { loadGatePages } from '../../server/http/pages/gate-pages';
import { loadAssets } from '../../server/http/static-files';
import { launchChromium } from './chromium';
import { startSampleWorld, type SampleWorld } from './sample-world';
import type { Entry, PhoneClient, World, WorldOptions } from './world';

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
export type Stage = SampleWorld & {
  readonly visitor: (holder: Holder, look?: Look) => Promise<Visitor>;
};

/** Starts everything with the built front end (`npm run build` or `npm test` makes it). */
export async function startStage(options: WorldOptions = {}): Promise<Stage> {
  const pages = loadGatePages('dist');
  if (pages === null) throw new Error('dist/ holds no front end: npm run build');
  const given = { pages, assets: loadAssets('dist/h5'), ...options.given };
  const [world, browser] = await Promise.all([startSampleWorld({ ...options, given }), launchChromium()]);
  return {
    ...world,
    visitor: (holder, look) => createVisitor(world, browser, holder, look),
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
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
