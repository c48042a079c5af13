import { cp } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import type { Request } from 'playwright-core';
import { buildH5 } from '../../scripts/build/parts';
import { launchChromium } from '../support/chromium';
import { createBenchWorld, startProduction, type BenchWorld } from './bench-world';
import type { Figure } from './figure';
import { logIn, type LoggedIn } from './log-in';

const BUILDS = path.resolve('node_modules/.cache/bench');
const KB = 1024;

/** Bytes on the wire of one page, as a browser that speaks brotli gets them. */
function compressedBytes(url: string, { cookie, userAgent }: LoggedIn): Promise<number> {
  const headers = { cookie, 'user-agent': userAgent, 'accept-encoding': 'br' };
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      if (answer.statusCode !== 200 || answer.headers['content-encoding'] !== 'br') {
        reject(new Error(`${url}: ${answer.statusCode}, encoding ${answer.headers['content-encoding']}`));
      }
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

/** The page that says why a member is stopped: everything it takes to read it is in the HTML. */
async function measureVerdictHtml(world: BenchWorld): Promise<Figure> {
  const blocked = await logIn(world, 'wpSandboxTrialOver');
  const bytes = await compressedBytes(`${world.origin}/records`, blocked);
  const what = 'HTML until the verdict can be read';
  return {
    what,
    against: 'brotli, no script needed',
    value: bytes / KB,
    unit: 'KB',
    floor: 24,
    stretch: 14,
    better: 'low',
  };
}

async function bytesOf(request: Request): Promise<number> {
  await (await request.response())?.finished();
  return (await request.sizes()).responseBodySize;
}

/** JS and CSS that were asked for until the list of records stood on the page. What comes behind it is not in its way. */
async function bytesUntilFirstPage(world: BenchWorld): Promise<number> {
  const { cookie, userAgent } = await logIn(world, 'wpSandboxSeat3Days');
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ userAgent, viewport: { width: 375, height: 800 } });
    const url = world.origin;
    await context.addCookies(
      cookie
        .split('; ')
        .map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1), url })),
    );
    const page = await context.newPage();
    const asked: Request[] = [];
    page.on('request', (request) => {
      if (['script', 'stylesheet'].includes(request.resourceType())) asked.push(request);
    });
    await page.goto(`${url}/records`, { waitUntil: 'commit' });
    await page.locator('#records [id^="record-"]').first().waitFor();
    const loaded = await Promise.all([...asked].map(bytesOf));
    return loaded.reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    await browser.close();
  }
}

async function firstPageWith(world: BenchWorld, dist: string): Promise<number> {
  const server = await startProduction(world, dist);
  try {
    return await bytesUntilFirstPage(world);
  } finally {
    await server.stop();
  }
}

/** The whole product with one variant of the H5, in a folder of its own. */
async function buildVariant(name: string, env: Record<string, string>): Promise<string> {
  const dist = path.join(BUILDS, name, 'dist');
  for (const part of ['gate', 'server']) await cp(`dist/${part}`, path.join(dist, part), { recursive: true });
  await buildH5(path.join(dist, 'h5'), env);
  return dist;
}

async function measureFirstPage(world: BenchWorld): Promise<Figure> {
  const stock = await firstPageWith(world, await buildVariant('stock', { H5_COMPONENTS: 'taro' }));
  const own = await firstPageWith(world, await buildVariant('own', {}));
  return {
    what: `H5 JS + CSS until the first page works (${(own / KB).toFixed(0)} KB)`,
    against: `same app, Taro's components (${(stock / KB).toFixed(0)} KB)`,
    value: own / stock,
    unit: 'ratio',
    floor: 0.75,
    stretch: 0.5,
    better: 'low',
  };
}

/** What a phone has to fetch: to read the verdict, and to use the first page. */
export async function measurePageBytes(): Promise<Figure[]> {
  const world = await createBenchWorld();
  try {
    const server = await startProduction(world);
    const html = await measureVerdictHtml(world).finally(server.stop);
    return [html, await measureFirstPage(world)];
  } finally {
    await world.close();
  }
}
