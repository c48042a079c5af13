import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import automator from 'miniprogram-automator';
import { findFreePort } from '../support/app';
import { createMiniPhone, type MiniPhone } from '../support/mini/mini-phone';
import { IN_DEVTOOLS, openHost } from '../support/mini/target';
import { waitFor } from '../support/wait-for';

/**
 * The host itself: a broken package has to fail here as it would fail in DevTools, or every other spec of this lane proves
 * nothing. Plain WeChat's screen needs no server, and its button puts a link on the clipboard.
 */
const describeHost = IN_DEVTOOLS ? describe.skip : describe;

type Change = readonly [file: string, from: RegExp | string, to: string];
type Opened = Awaited<ReturnType<typeof openHost>>;

const folders: string[] = [];
let opened: Opened | null = null;

afterEach(async () => {
  await opened?.close();
  opened = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of dist/weapp with these changes; a change that finds nothing to change is a mistake of the test. */
function packageWith(...changes: readonly Change[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'weapp-'));
  folders.push(folder);
  cpSync('dist/weapp', folder, { recursive: true });
  for (const [file, from, to] of changes) {
    const before = readFileSync(path.join(folder, file), 'utf8');
    const after = before.replaceAll(from, to);
    if (after === before) throw new Error(`${file} holds no ${String(from)}`);
    writeFileSync(path.join(folder, file), after);
  }
  return folder;
}

async function open(folder: string): Promise<MiniPhone> {
  opened = await openHost(folder);
  return createMiniPhone(opened, []);
}

const COPY = '#gate-action-copy_link';
const copied = async () => opened?.hand({ do: 'clipboard' });
const without = (file: string): string => {
  const folder = packageWith();
  rmSync(path.join(folder, file));
  return folder;
};

describeHost('a sound package', () => {
  test('draws its screen, and a tap does what it says', async () => {
    const phone = await open(packageWith());
    await phone.tap(COPY);
    await expect(phone.text(COPY)).resolves.not.toBe('');
    await expect(copied()).resolves.toContain('/records');
  });

  test('app code sees no browser and no Node', async () => {
    await open(packageWith());
    const seen: unknown = await opened?.mp.evaluate(
      'function () { return [typeof window, typeof document, typeof fetch, typeof process, typeof globalThis.document, typeof URL] }',
    );
    expect(seen).toEqual(Array(6).fill('undefined'));
  });

  test('functions and mocks reach the mini-program, and mocks can be taken back', async () => {
    await open(packageWith());
    const mp = opened?.mp;
    await expect(mp?.evaluate((a: number, b: number) => a + b, 2, 3)).resolves.toBe(5);
    await mp?.mockWxMethod('getStorageSync', (key: string, kept: string) => key + kept, '-mocked');
    await expect(mp?.callWxMethod('getStorageSync', 'a')).resolves.toBe('a-mocked');
    await mp?.mockWxMethod('showModal', { confirm: true, cancel: false });
    await expect(mp?.callWxMethod('showModal', { title: 'x' })).resolves.toMatchObject({ confirm: true });
    await mp?.restoreWxMethod('getStorageSync');
    await expect(mp?.callWxMethod('getStorageSync', 'a')).resolves.toBe('');
  });
});

describeHost('a broken package', () => {
  test('a button whose template is gone is not on the page', async () => {
    const phone = await open(packageWith(['base.wxml', /<button [\s\S]*?<\/button>/g, '']));
    await phone.find('.gate');
    const page = await phone.page();
    await expect(page.$(COPY)).resolves.toBeNull();
  });

  test('a tap that is bound to nothing changes nothing', async () => {
    const phone = await open(packageWith(['base.wxml', ' bindtap="eh"', '']));
    await phone.tap(COPY);
    await opened?.mp.evaluate('function () { return new Promise((resolve) => setTimeout(resolve, 100)) }');
    await expect(copied()).resolves.toBe('');
  });

  test.each([
    [
      'WXML that does not compile',
      () => packageWith(['comp.wxml', '<template', '<view id="{{a"><template']),
      /comp\.wxml:\d/,
    ],
    ['a tag nobody knows', () => packageWith(['comp.wxml', '<template', '<viev/><template']), /uses <viev>/],
    ['a chunk that is missing', () => without('vendors.js'), /vendors\.js is not in/],
    ['a template that is missing', () => without('base.wxml'), /imports base\.wxml, which does not exist/],
    ['a page without its script', () => without('pages/record/index.js'), /pages\/record\/index\.js does not exist/],
    ['document used in app.js', () => packageWith(['app.js', /^/g, 'document.title="x";']), /document is not defined/],
    ['an app.json that is none', () => packageWith(['app.json', '{', '']), /JSON/],
  ])('%s does not start, and it is said why', async (_what, make, says) => {
    await expect(openHost(make())).rejects.toThrow(says);
  });

  test('a page that app.json does not name cannot be opened', async () => {
    await open(packageWith());
    const going = opened?.mp.callWxMethod('navigateTo', { url: '/pages/nowhere/index' });
    await expect(going).rejects.toThrow(/page "pages\/nowhere\/index" is not found/);
    await expect(opened?.mp.callWxMethod('navigateTo', { url: '/pages/record/index' })).resolves.toBeDefined();
  });
});

describeHost('what this host does not do', () => {
  test('a method of the protocol is refused by name, not answered with nothing', async () => {
    await open(packageWith());
    await expect(opened?.mp.native().goHome()).rejects.toThrow('this host does not implement Tool.native');
    await expect(opened?.mp.screenshot()).rejects.toThrow('this host does not implement App.captureScreenshot');
  });

  test('an API of the client is undefined, or says that it has to be mocked', async () => {
    await open(packageWith());
    await expect(opened?.mp.callWxMethod('createBLEConnection')).rejects.toThrow('not a function of this client');
    await expect(opened?.mp.callWxMethod('scanCode')).rejects.toThrow('use mockWxMethod');
  });
});

describeHost('in place of the cli of DevTools', () => {
  const CLI = path.resolve('test/weapp-host/cli.sh');

  test('automator.launch starts it with the project, and close ends it', async () => {
    const port = await findFreePort();
    const mp = await automator.launch({ cliPath: CLI, projectPath: path.resolve('.'), port });
    const phone = createMiniPhone({ mp, hand: null, close: () => mp.close() }, []);
    await expect(phone.text('#gate-open #gate-title')).resolves.toBe('请在企业微信中打开');
    await mp.close();
    const isGone = () =>
      automator.connect({ wsEndpoint: `ws://127.0.0.1:${port}` }).then(
        (still) => void still.disconnect(),
        () => true,
      );
    await waitFor('the end of the host', isGone);
  });

  test('a command it does not know is an error', async () => {
    await expect(promisify(execFile)(CLI, ['preview'])).rejects.toThrow('only knows “auto”');
  });
});
