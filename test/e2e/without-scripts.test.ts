import type { Page } from 'playwright-core';
import { startStage, type Stage } from '../support/stage';
import { createCast, type Arrival, type Member } from './cast';
import { readScreen } from './read-screen';

/** Scripts off: what the server wrote must be readable, and its buttons must do what they say. */
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

const arrive = async (holder: Member, arrival: Arrival = {}): Promise<Page> =>
  (await cast.arrive(holder, { ...arrival, look: { scripts: false } })).page;

/** Waits through an activation, if there is one, to a page without any notice. */
async function letIn(page: Page): Promise<void> {
  await page.locator('.gate.page').waitFor();
  expect(await readScreen(page)).toMatchObject({ kind: 'page', title: '' });
}

const askedNote = (page: Page) => page.locator('#gate-asked').innerText();

test('trial_over: title, sentence with its date, what to do, why, and the code', async () => {
  const page = await arrive(stage.member('trial_over'));
  const screen = await readScreen(page);
  expect(screen).toMatchObject({ kind: 'block', title: '应用无法使用', actions: ['提醒管理员购买', '重新检查'] });
  expect(screen.sentence).toMatch(/^试用已于 .*月.*日 结束，企业还没有购买使用名额$/);
  expect(screen.code).toContain('trial_over');
  await page.locator('#gate-why summary').click();
  await expect(page.locator('#gate-why').innerText()).resolves.toMatch(/首次安装[\s\S]*90 天试用结束/);
});

test('trial_over: telling the administrators files one request, and the page says since when', async () => {
  const member = stage.member('trial_over', 3);
  const page = await arrive(member, { entry: 'share', path: '/records?q=1' });
  const { pathname, search } = new URL(page.url());
  await page.locator('#gate-action-request_purchase').click();
  await expect(askedNote(page)).resolves.toMatch(/已于 \d\d-\d\d \d\d:\d\d 提醒 1 位管理员/);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(pathname + search);
  await expect(page.locator('#gate-action-request_purchase').count()).resolves.toBe(0);
  const since = await askedNote(page);
  await stage.advance('10m');
  await page.reload();
  await expect(askedNote(page)).resolves.toBe(since);
});

test('a button pressed too often answers with a page that says so and leads back to the one it was on', async () => {
  const page = await arrive(stage.member('trial_over', 3), { entry: 'share', path: '/records?q=2' });
  const from = new URL(page.url());
  const recheck = page.locator('#gate-action-recheck');
  for (let times = 0; times < 10 && (await recheck.count()) > 0; times += 1) await recheck.click();
  await expect(page.locator('body').innerText()).resolves.toMatch(/操作太频繁了/);
  await page.getByText('重试').click();
  expect(await readScreen(page)).toMatchObject({ kind: 'block', title: '应用无法使用' });
  expect(new URL(page.url()).search).toBe(from.search);
});

test('used_up: asks for a seat, and once one is bought checking again leads in', async () => {
  const member = stage.member('used_up');
  const page = await arrive(member);
  expect(await readScreen(page)).toMatchObject({
    kind: 'block',
    title: '使用名额已用完',
    sentence: '企业购买的 2 个名额都已分配',
    actions: ['申请名额', '重新检查'],
  });
  await page.locator('#gate-action-request_seat').click();
  await expect(askedNote(page)).resolves.toContain('提醒 1 位管理员');
  await page.locator('#gate-action-recheck').click();
  expect((await readScreen(page)).kind).toBe('block');
  await cast.buy(member.corpId, 1);
  await page.locator('#gate-action-recheck').click();
  await page.locator('#gate-block').waitFor({ state: 'detached' });
  await letIn(page);
});

test('activating: the wait names what comes after it and goes on to the page by itself', async () => {
  await stage.order('faults', { endpoint: '/cgi-bin/license/active_account_by_type', kind: 'slow', ms: 1500 });
  const page = await arrive(stage.member('free_seats'), { entry: 'qr', path: '/records' });
  expect(await readScreen(page)).toMatchObject({
    kind: 'wait',
    title: '正在激活',
    sentence: '正在为你激活使用名额，通常几秒完成',
  });
  await letIn(page);
  expect(page.url()).toBe(`${stage.origin}/records?from=qr`);
});

test('trial_ending: the banner has its date, and telling the administrators works from it', async () => {
  const page = await arrive(stage.member('trial_5_left'));
  const screen = await readScreen(page);
  expect(screen).toMatchObject({ kind: 'page', title: '试用即将结束', actions: ['提醒管理员'] });
  expect(screen.sentence).toMatch(/^试用将于 .*月.*日 结束，之后没有使用名额的成员将无法打开应用$/);
  await page.locator('#gate-banner #gate-action-request_trial_end').click();
  await expect(askedNote(page)).resolves.toMatch(/已于 \d\d-\d\d \d\d:\d\d 提醒 1 位管理员/);
});

test('activation_off: an administrator without a seat activates and is in', async () => {
  const admin = stage.member('auto_off', 4);
  await stage.order('members', { ...admin, action: 'admin' });
  await stage.settled();
  const page = await arrive(admin);
  expect(await readScreen(page)).toMatchObject({ kind: 'block', actions: ['立即激活', '开启自动激活', '重新检查'] });
  await page.locator('#gate-action-activate_now').click();
  await page.locator('#gate-block').waitFor({ state: 'detached' });
  await letIn(page);
});

test('in a browser the ways in are links that work', async () => {
  const { page } = await cast.arrive(stage.member('trial_day_12'), {
    entry: 'link',
    path: '/records',
    look: { client: 'browser', scripts: false },
  });
  expect(await readScreen(page)).toMatchObject({ kind: 'open', title: '请在企业微信中打开' });
  await page.locator('#gate-action-scan').click();
  await page.locator('#confirm-person').click();
  await page.waitForURL(`${stage.origin}/records`);
  expect((await readScreen(page)).kind).toBe('page');
});
