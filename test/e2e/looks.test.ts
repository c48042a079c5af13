import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { startStage, type Look, type Stage, type Visitor } from '../support/stage';
import { createCast, type Cast } from './cast';
import {
  atRest,
  findSideways,
  findSmallTargets,
  findViolations,
  listen,
  readShifts,
  setTextSize,
  watchShifts,
  type Trouble,
} from './measure-page';
import { drawn } from './read-screen';
import { LATER_SCENES, SCENES, type Scene } from './scenes';

/** Every screen, looked at as people do: light and dark, both languages, a narrow phone with large type. */
const LOOKS: readonly { readonly name: string; readonly look: Look; readonly textSize: number }[] = [
  { name: 'light, Chinese', look: { scheme: 'Light', width: 375 }, textSize: 1 },
  {
    name: 'dark, English, large type on a narrow phone',
    look: { scheme: 'Dark', lang: 'en', width: 320 },
    textSize: 1.4,
  },
];

type Seen = { readonly page: Page; readonly trouble: Trouble };

/** The page's own colour in each scheme. */
const GROUND = { Light: 'rgb(244, 246, 249)', Dark: 'rgb(15, 18, 22)' };

function eyesOf(page: Page): Promise<{ ground: string; lang: string }> {
  return page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    lang: document.documentElement.lang,
  }));
}

/** A cast whose visitors are watched from before their first page. */
function watched(cast: Cast, textSize: number) {
  const seen = new Map<Page, Trouble>();
  const visitor: Cast['visitor'] = async (holder, look) => {
    const one = await cast.visitor(holder, look);
    seen.set(one.page, listen(one.page));
    await watchShifts(one.page);
    if (textSize !== 1) await setTextSize(one.page, textSize);
    return one;
  };
  const arrive: Cast['arrive'] = async (holder, { entry = 'workbench', look, path } = {}) => {
    const one = await visitor(holder, look);
    await one.open(entry, path);
    return one;
  };
  return { cast: { ...cast, visitor, arrive }, troubleOf: (one: Visitor) => seen.get(one.page) ?? { said: [] } };
}

/** Plays a scene until it stands and the app has taken over from the server's markup. */
async function see(scene: Scene, stage: Stage, cast: Cast, { look, textSize }: (typeof LOOKS)[number]): Promise<Seen> {
  const { cast: people, troubleOf } = watched(cast, textSize);
  const visitor = await scene.play({ stage, cast: people, look });
  await drawn(visitor.page);
  await visitor.page.locator(scene.shows).first().waitFor();
  expect(await eyesOf(visitor.page)).toEqual({
    ground: GROUND[look.scheme ?? 'Light'],
    lang: look.lang === 'en' ? 'en' : 'zh-CN',
  });
  expect(await readShifts(visitor.page)).toEqual({ score: 0, what: [] });
  await scene.then?.(visitor);
  await atRest(visitor.page);
  return { page: visitor.page, trouble: troubleOf(visitor) };
}

function looksOf(stageOf: () => Stage, scenes: readonly Scene[]): void {
  const cast = createCast(stageOf);
  afterEach(async () => {
    await cast.leave();
    await stageOf().order('faults', { clear: true });
  });
  describe.each(LOOKS)('$name', (eyes) => {
    test.each(scenes)('$name: nothing moves, sticks out or is hard to touch, and axe finds nothing', async (scene) => {
      const { page, trouble } = await see(scene, stageOf(), cast, eyes);
      expect(await findViolations(page)).toEqual([]);
      expect(await findSmallTargets(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      await page.evaluate('document.documentElement.style.fontSize = "140%"');
      expect(await findSideways(page)).toEqual([]);
      expect(trouble.said).toEqual([]);
    });
  });
}

describe('where the server activates', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  }, 60_000);
  afterAll(() => stage.close());
  looksOf(() => stage, SCENES);
});

describe('where only WeCom activates, and where it fails', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage({ env: { ACTIVATION: 'platform' } });
  }, 60_000);
  afterAll(() => stage.close());
  looksOf(() => stage, LATER_SCENES);
});

describe('the sandbox’s workbench', () => {
  let stage: Stage;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [stage, browser] = await Promise.all([startStage(), launchChromium()]);
  }, 60_000);
  afterEach(() => page.close());
  afterAll(async () => {
    await browser.close();
    await stage.close();
  });

  /** A desk with the workbench on it, and the app open on the phone. */
  async function atDesk(colorScheme: 'light' | 'dark', locale: string, width: number, height: number) {
    page = await browser.newPage({ colorScheme, locale, viewport: { width, height } });
    const trouble = listen(page);
    await page.goto(stage.sandbox.origin);
    await page.locator('.entry.main').click();
    await page.frameLocator('iframe.app').locator('#records').waitFor();
    return trouble;
  }

  test.each([
    ['light', 'zh-CN', 1440, 900],
    ['dark', 'en-US', 1280, 720],
  ] as const)(
    '%s, %s, %d × %d: axe finds nothing, nothing sticks out, no errors',
    async (scheme, locale, width, height) => {
      const trouble = await atDesk(scheme, locale, width, height);
      expect(await findViolations(page)).toEqual([]);
      expect(await findSideways(page)).toEqual([]);
      expect(trouble.said).toEqual([]);
    },
  );
});

test('the measures find what is wrong with a page', async () => {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  const trouble = listen(page);
  await watchShifts(page);
  await page.goto(
    `data:text/html,<title>x</title><meta http-equiv="content-security-policy" content="script-src 'none'">
    <script>0</script><button style="padding:0">x</button><p style="width:400px;color:%23ccc">pale and wide</p>`,
  );
  await page.evaluate(() => document.querySelector('p')?.style.setProperty('margin-top', '200px'));
  expect(await findViolations(page)).toEqual(expect.arrayContaining([expect.stringMatching(/^color-contrast: p/)]));
  expect(await findSideways(page)).toEqual(expect.arrayContaining([expect.stringMatching(/^P#/)]));
  expect(await findSmallTargets(page)).toEqual([expect.stringMatching(/^BUTTON#/)]);
  expect((await readShifts(page)).score).toBeGreaterThan(0);
  expect(trouble.said).toEqual([expect.stringMatching(/Content Security Policy/)]);
  await browser.close();
});
