import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

/** Where Chromium and Chrome are usually installed, beside PATH. */
const USUAL_PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/google/chrome',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'Google Chrome'];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Version = { version: string };
type Found = { executablePath: string; env?: Record<string, string> };

function findInstalled(): string | null {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...USUAL_PLACES];
  const candidates = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** The packaged font beside whatever the machine has: with no font at all a page has no text, not even for `innerText`. */
function fontsOf(home: string): string {
  const folders = [path.join(home, 'fonts', 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const listed = folders.map((folder) => `<dir>${folder}</dir>`).join('');
  const cache = `<cachedir>${path.join(home, 'fonts-cache')}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${listed}${cache}</fontconfig>`;
}

/**
 * The browser inside the npm package, unpacked once into node_modules/.cache with the libraries a bare machine lacks.
 * It is unpacked by a process of its own: the package decides by TMPDIR and VERCEL where to and whether with libraries.
 */
async function unpackFromNpm(): Promise<Found> {
  const { version } = JSON.parse(await readFile('node_modules/@sparticuz/chromium/package.json', 'utf8')) as Version;
  const cache = path.resolve('node_modules/.cache');
  const home = path.join(cache, `chromium-${version}`);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const half = await mkdtemp(`${home}-`);
    const code = "require('@sparticuz/chromium').executablePath()";
    await promisify(execFile)(process.execPath, ['-e', code], { env: { ...process.env, TMPDIR: half, VERCEL: '1' } });
    await writeFile(path.join(half, 'fonts.conf'), fontsOf(home));
    await rename(half, home).catch(async (error: NodeJS.ErrnoException) => {
      await rm(half, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    });
  }
  const libraries = [path.join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  return { executablePath: path.join(home, 'chromium'), env };
}

async function findChromium(): Promise<Found> {
  const named = process.env.CHROMIUM_PATH;
  if (named === 'npm') return unpackFromNpm();
  if (named) return { executablePath: named };
  const installed = findInstalled();
  return installed ? { executablePath: installed } : unpackFromNpm();
}

/**
 * A real headless Chromium: CHROMIUM_PATH (the value `npm` forces the packaged one), else an installed one, else the
 * one inside the npm package `@sparticuz/chromium`. The caller closes it.
 */
export async function launchChromium(options: Pick<LaunchOptions, 'args'> = {}): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({
    executablePath,
    headless: true,
    args: [...ARGS, ...(options.args ?? [])],
    env: { ...process.env, ...env } as Record<string, string>,
  });
}
