import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../test/support/chromium';
import { createArrive } from '../../test/support/mini/mini-stage';
import { openHost } from '../../test/support/mini/target';
import { startStage, type Stage } from '../../test/support/stage';
import type { Markup } from '../../test/weapp-host/markup';
import { buildParts } from '../build/parts';
import { miniPage } from './mini-page';
import { TARGET_SCENES, type TargetScene } from './target-scenes';

/** Not kept in the repository: they show one moment's work to whoever asks. */
const FOLDER = 'data/pictures/targets';
const PHONE = { width: 375, height: 812 };
const SCHEMES = ['Light', 'Dark'] as const;

type Scheme = (typeof SCHEMES)[number];
type Host = Awaited<ReturnType<typeof openHost>>;
type Take = (scene: TargetScene, scheme: Scheme) => Promise<Buffer>;

function onH5(stage: Stage): Take {
  return async (scene, scheme) => {
    const visitor = await stage.visitor(await scene.who(stage), { scheme, width: PHONE.width });
    await visitor.page.setViewportSize(PHONE);
    await visitor.open('link', await scene.path(stage));
    for (const part of scene.shows) await visitor.page.locator(`#app ${part}`).first().waitFor();
    const picture = await visitor.page.screenshot({ animations: 'disabled' });
    await visitor.close();
    return picture;
  };
}

/** `/record?id=1` as the package names it. */
function packageUrl(address: string): string {
  const [page = '', search] = address.split('?');
  return `/pages${page}/index${search === undefined ? '' : `?${search}`}`;
}

function inMiniProgram(stage: Stage, host: Host, browser: Browser): Take {
  const arrive = createArrive(stage, host);
  return async (scene, scheme) => {
    const theme = scheme === 'Dark' ? 'dark' : 'light';
    const phone = await arrive(await scene.who(stage), { url: packageUrl(await scene.path(stage)), device: { theme } });
    for (const part of scene.shows) await phone.find(part);
    const markup = await host.hand<Markup>({ do: 'markup' });
    const page = await browser.newPage({ viewport: PHONE, colorScheme: theme, locale: 'zh-CN' });
    await page.setContent(miniPage(markup), { waitUntil: 'load' });
    const picture = await page.screenshot({ animations: 'disabled' });
    await page.close();
    return picture;
  };
}

function sideBySide(pictures: readonly Buffer[]): string {
  const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString('base64')}">`);
  return `<!doctype html><style>body{margin:0;padding:12px;display:flex;gap:12px;background:#8b93a1}img{display:block}</style>${images.join('')}`;
}

async function savePair(browser: Browser, pictures: readonly Buffer[], file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2 * PHONE.width + 36, height: PHONE.height + 24 } });
  await page.setContent(sideBySide(pictures), { waitUntil: 'load' });
  await page.screenshot({ path: file });
  await page.close();
  console.log(file);
}

/**
 * The main screens, light and dark: at the left the H5 in Chromium, at the right what dist/weapp drew on the headless host,
 * laid out by the same browser with the package's own WXSS.
 */
export async function takeTargets(): Promise<void> {
  await buildParts(['h5', 'gate', 'server', 'weapp'], { onlyStale: true });
  mkdirSync(FOLDER, { recursive: true });
  const [stage, host, browser] = await Promise.all([startStage(), openHost('.'), launchChromium()]);
  const takes = [onH5(stage), inMiniProgram(stage, host, browser)];
  try {
    for (const scene of TARGET_SCENES) {
      for (const scheme of SCHEMES) {
        const pictures: Buffer[] = [];
        for (const take of takes) pictures.push(await take(scene, scheme));
        await savePair(browser, pictures, path.join(FOLDER, `${scene.name}-${scheme.toLowerCase()}.png`));
      }
    }
  } finally {
    await Promise.all([stage.close(), host.close(), browser.close()]);
  }
}
