import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { drawn } from '../test/e2e/read-screen';
import { launchChromium } from '../test/support/chromium';
import { startStage, type Stage, type Visitor } from '../test/support/stage';
import { buildParts } from './build/parts';
import { takeTargets } from './pictures/targets';
import { inKilobytes } from './run';

/**
 * `npm run screenshots`: the pictures of the README, taken from the real app and sandbox in Chromium, into docs/images/.
 * `npm run screenshots -- targets`: the main screens as H5 and as mini-program side by side, to be looked at.
 */
const FOLDER = 'docs/images';
const MOST_BYTES = 300_000;
const PHONE = { width: 375, height: 790 };

async function save(page: Page, name: string): Promise<void> {
  const file = path.join(FOLDER, name);
  await page.screenshot({ path: file, omitBackground: true, fullPage: true });
  const { size } = statSync(file);
  if (size > MOST_BYTES) throw new Error(`${file} is too heavy for a page that everybody opens: ${inKilobytes(size)}`);
  console.log(`${file}  ${inKilobytes(size)}`);
}

/** The workbench with somebody who is stopped, and why. */
async function takeWorkbench(stage: Stage, browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await page.goto(stage.sandbox.origin);
  await page.locator('.choice[title^="红杉食品"]').click();
  await page.locator('.entry.main').click();
  const app = page.frameLocator('iframe.app');
  await app.locator('#app #gate-why summary').click();
  await page.getByText('只看这家企业').click();
  await page.getByText('unlicensed_notify').first().click();
  await page.locator('.server.up').waitFor();
  await page.mouse.move(720, 880);
  await save(page, 'workbench.png');
  await page.close();
}

/** A corp's licences with something in every part: seats that end at different times, and requests that wait. */
async function fillBooks(stage: Stage): Promise<void> {
  const { corpId } = stage.member('auto_off');
  for (const [months, base, seats] of [
    [1, 3, 3],
    [4, 6, 5],
    [7, 4, 2],
  ] as const) {
    const { orderId } = await stage.order<{ orderId: string }>('orders', { corpId, base, months });
    await stage.order(`orders/${orderId}/pay`, {});
    for (let nth = 1; nth <= seats; nth += 1) {
      const { userId } = await stage.order<{ userId: string }>('members', { corpId, name: `成员 ${months}-${nth}` });
      await stage.order('seats', { corpId, userId, type: 1 });
    }
  }
  await stage.sandbox.callbacksSettled();
  for (const nth of [1, 4]) {
    const asking = await open(stage, 'auto_off', nth);
    await asking.page.locator('#gate-action-request_activation').click();
    await asking.page.locator('#gate-asked').waitFor();
    await asking.close();
  }
}

async function open(stage: Stage, sample: string, nth: number, scheme: 'Light' | 'Dark' = 'Light'): Promise<Visitor> {
  const visitor = await stage.visitor(stage.member(sample, nth), { scheme, width: PHONE.width });
  await visitor.page.setViewportSize(PHONE);
  await visitor.open(sample === 'free_seats' ? 'qr' : 'workbench');
  await drawn(visitor.page);
  return visitor;
}

async function takePhone(visitor: Visitor, shows: string): Promise<Buffer> {
  await visitor.page.locator(shows).first().waitFor();
  await visitor.page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished))');
  const picture = await visitor.page.screenshot();
  await visitor.close();
  return picture;
}

async function takePhones(stage: Stage, platform: Stage): Promise<Buffer[]> {
  const sheet = await takePhone(await open(stage, 'trial_5_left', 1), '#gate-sheet');
  const over = await open(stage, 'trial_over', 1);
  await over.page.locator('#gate-why summary').click();
  const block = await takePhone(over, '#gate-why[open]');
  const steps = await takePhone(await open(platform, 'free_seats', 1, 'Dark'), '.gate-steps');
  await fillBooks(stage);
  const admin = await open(stage, 'auto_off', 2);
  await admin.page.goto(`${stage.origin}/admin`);
  return [sheet, block, steps, await takePhone(admin, '#licences')];
}

const TITLES = ['点检记录', '点检记录', '点检记录', '使用名额'];

/** A phone around each picture, side by side on nothing. */
function strip(pictures: readonly Buffer[]): string {
  const phones = pictures.map(
    (picture, index) =>
      `<figure class="${index === 2 ? 'dark' : ''}"><b>${TITLES[index] ?? ''}</b><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`,
  );
  return `<!doctype html><html lang="zh-CN"><style>
    body{margin:0;padding:4px;display:flex;gap:22px;background:transparent}
    figure{flex:none;width:${PHONE.width}px;margin:0;border:9px solid #1b2027;border-radius:44px;overflow:hidden;background:#fff;
      color:#14181f;font:600 17px/48px -apple-system,'PingFang SC','Noto Sans CJK SC',sans-serif;text-align:center}
    .dark{background:#181c22;color:#e9ecf1}
    b{display:block;border-bottom:1px solid #8882} img{display:block}
  </style>${phones.join('')}</html>`;
}

async function takeStrip(stage: Stage, platform: Stage, browser: Browser): Promise<void> {
  const pictures = await takePhones(stage, platform);
  const page = await browser.newPage({ viewport: { width: 1646, height: 600 } });
  await page.setContent(strip(pictures), { waitUntil: 'load' });
  await save(page, 'screens.png');
  await page.close();
}

async function main(): Promise<void> {
  if (process.argv[2] === 'targets') return takeTargets();
  await buildParts(['h5', 'gate', 'server'], { onlyStale: true });
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchChromium();
  const stage = await startStage();
  const platform = await startStage({ env: { ACTIVATION: 'platform' } });
  try {
    await takeWorkbench(stage, browser);
    await takeStrip(stage, platform, browser);
  } finally {
    await Promise.all([browser.close(), stage.close(), platform.close()]);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
