import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniStage } from '../support/mini/mini-stage';
import type { DeviceState } from '../weapp-host/device';
import { waitFor } from '../support/wait-for';
import { handTest, sessionsOf } from './cast';
import { readMiniScreen } from './read-mini-screen';

/** The client around the mini-program: its text size, colours, language and network, and WeChat in WeCom's place. */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage();
}, 60_000);
afterEach(() => expect(phone.exceptions()).toEqual([]));
afterAll(() => stage.close());

const HOUR_MS = 3_600_000;
const member = () => stage.member('trial_day_12', 3);
const set = (device: Partial<DeviceState>) => stage.target.hand?.({ do: 'set', device });

test('in plain WeChat, without wx.qy: the way to WeCom, and no call to the server', async () => {
  phone = await stage.arrive(member(), { client: 'wechat' });
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'open', title: '请在企业微信中打开' });
  await expect(sessionsOf(stage, member())).resolves.toEqual([]);
  phone = await stage.arrive(member());
  expect((await readMiniScreen(phone)).kind).toBe('page');
});

handTest('text follows the client’s setting', async () => {
  const remOf = async () => (await phone.find('.gate-surroundings')).attribute('style');
  phone = await stage.arrive(member());
  await expect(remOf()).resolves.toContain('--rem: 16px');
  phone = await stage.arrive(member(), { device: { fontSizeSetting: 22 } });
  await expect(remOf()).resolves.toContain('--rem: 21px');
});

handTest('drawings follow dark mode, also when it is switched while the app is open', async () => {
  const drawing = async () => (await phone.find('#gate-block image')).attribute('src');
  phone = await stage.arrive(stage.member('trial_over'));
  const light = await drawing();
  await set({ theme: 'dark' });
  const dark = await waitFor('another drawing', async () => {
    const now = await drawing();
    return now === light ? null : now;
  });
  phone = await stage.arrive(stage.member('trial_over'), { device: { theme: 'dark' } });
  await expect(drawing()).resolves.toBe(dark);
});

handTest('English: the same screen in the language of the client', async () => {
  phone = await stage.arrive(stage.member('trial_over', 3), { device: { language: 'en' } });
  const screen = await readMiniScreen(phone);
  expect(screen.title).not.toMatch(/[\u4e00-\u9fff]/);
  expect(screen.sentence).toMatch(/trial/i);
});

handTest('offline while the app is open: said, and gone once the line is back', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  await set({ network: 'none' });
  await expect(phone.text('#gate-network')).resolves.toBe('网络已断开，恢复后会自动继续');
  await set({ network: 'wifi' });
  await phone.gone('#gate-network');
  await phone.find('#records');
});

handTest('offline at the start: the last verdict serves for the grace time, and not after it', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  const offline = { network: 'none' } as const;
  phone = await stage.arrive(member(), { samePhone: true, device: { ...offline, clockAheadMs: 2 * HOUR_MS } });
  await expect(phone.text('#gate-banner')).resolves.toContain('正在使用 2 小时前的结果');
  phone = await stage.arrive(member(), { samePhone: true, device: { ...offline, clockAheadMs: 25 * HOUR_MS } });
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'block', title: '暂时无法确认使用资格' });
  await set({ network: 'wifi', clockAheadMs: 0 });
  await phone.find('#records');
});

handTest('offline at the very first start: nothing is known, and nobody is let in', async () => {
  phone = await stage.arrive(member(), { device: { network: 'none' } });
  const { kind } = await readMiniScreen(phone);
  expect(['block', 'failed']).toContain(kind);
  await expect(phone.all('#records')).resolves.toEqual([]);
});

handTest('a weak network: a word after three seconds, and the page when it comes', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  phone = await stage.arrive(member(), { samePhone: true, device: { delayMs: 4000 } });
  await expect(phone.text('#gate-network')).resolves.toBe('网络较慢，请稍候');
  await set({ delayMs: 0 });
  await phone.find('#records');
});
