import { startStage, type Look, type Stage, type Visitor } from '../support/stage';
import type { Entry } from '../support/world';
import { askVerdict, drawn, readScreen, type Screen } from './read-screen';

/** Each sample corp, opened as one of its members: the situations a newcomer plays through first. */
let stage: Stage;
let visitor: Visitor;

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterEach(() => visitor.close());
afterAll(() => stage.close());

type Arrival = { readonly nth?: number; readonly entry?: Entry; readonly path?: string; readonly look?: Look };

async function arrive(sample: string, { nth = 1, entry = 'workbench', path, look }: Arrival = {}): Promise<Screen> {
  visitor = await stage.visitor(stage.member(sample, nth), look);
  await visitor.open(entry, path);
  await drawn(visitor.page);
  return readScreen(visitor.page);
}

const seesRecords = () => visitor.page.locator('#records').waitFor();
const reasonNow = async () => (await askVerdict(visitor.page)).reason;

test('trial: a member is let in without a notice while most of it is ahead', async () => {
  const screen = await arrive('trial_day_12');
  expect(screen.kind).toBe('page');
  expect(screen.title).toBe('');
  await seesRecords();
  await expect(reasonNow()).resolves.toBe('trial');
});

test('trial: an administrator sees the banner with its date and where to read of costs', async () => {
  const screen = await arrive('trial_day_12', { nth: 2 });
  expect(screen).toMatchObject({ kind: 'page', title: '试用中', actions: ['了解费用'] });
  expect(screen.sentence).toMatch(/^试用至 (\d{4}年)?\d{1,2}月\d{1,2}日，还剩 7[89] 天$/);
});

test('trial_ending: banner and sheet, and the member can tell the administrator', async () => {
  const screen = await arrive('trial_5_left');
  expect(screen).toMatchObject({ kind: 'page', title: '试用即将结束' });
  expect(screen.sentence).toMatch(/^试用将于 .*月.*日 结束，之后没有使用名额的成员将无法打开应用$/);
  await visitor.page.locator('#gate-sheet').waitFor();
  await visitor.page.locator('#gate-sheet').getByRole('button', { name: '提醒管理员' }).click();
  await visitor.page
    .getByText(/已.*提醒 1 位管理员/)
    .first()
    .waitFor();
});

test('trial_ending: the sheet comes once a day per person', async () => {
  await arrive('trial_5_left', { nth: 3 });
  await visitor.page.locator('#gate-sheet-close').click();
  await visitor.page.locator('#gate-sheet').waitFor({ state: 'detached' });
  await visitor.open('workbench');
  await drawn(visitor.page);
  await seesRecords();
  await expect(visitor.page.locator('#gate-sheet').count()).resolves.toBe(0);
});

test('trial_over: refused with the true reason, its date, why, and one thing to do', async () => {
  const screen = await arrive('trial_over');
  expect(screen).toMatchObject({ kind: 'block', title: '应用无法使用', actions: ['提醒管理员购买', '重新检查'] });
  expect(screen.sentence).toMatch(/^试用已于 .*月.*日 结束，企业还没有购买使用名额$/);
  expect(screen.code).toContain('trial_over');
  await visitor.page.locator('#gate-why summary').click();
  await expect(visitor.page.locator('#gate-why').innerText()).resolves.toMatch(
    /首次安装[\s\S]*90 天试用结束[\s\S]*已购买名额/,
  );
});

test('trial_over: an administrator is shown where to buy', async () => {
  const screen = await arrive('trial_over', { nth: 2 });
  expect(screen.actions).toEqual(['购买名额', '重新检查']);
  await visitor.page.locator('#gate-action-buy_seats').click();
  await visitor.page.locator('#licences #buy').waitFor();
});

test('seat_valid: a member who opens the workbench is activated and let in', async () => {
  await arrive('free_seats');
  await seesRecords();
  await expect(reasonNow()).resolves.toBe('seat_valid');
});

test('no_free_seat: says how many were bought and takes a request', async () => {
  const screen = await arrive('used_up');
  expect(screen).toMatchObject({ kind: 'block', title: '使用名额已用完', actions: ['申请名额', '重新检查'] });
  expect(screen.sentence).toBe('企业购买的 2 个名额都已分配');
});

test('seat_expiring: let in with the date the seat ends', async () => {
  const screen = await arrive('seat_3_days');
  expect(screen).toMatchObject({ kind: 'page', title: '使用名额即将到期' });
  expect(screen.sentence).toMatch(/^你的使用名额将于 .*月.*日 到期$/);
});

test('activation_off: waits for the administrator, who can activate and switch on', async () => {
  const member = await arrive('auto_off');
  expect(member).toMatchObject({
    kind: 'block',
    title: '等待管理员激活',
    sentence: '企业已购买名额，但未开启自动激活',
  });
  expect(member.actions).toEqual(['请管理员激活', '重新检查']);
});

test('codes_lapsed: names the day by which the accounts had to be activated', async () => {
  const screen = await arrive('codes_lapsed');
  expect(screen).toMatchObject({ kind: 'block', title: '名额超过激活期限', actions: ['申请名额', '重新检查'] });
  expect(screen.sentence).toMatch(/^购买的名额未在 .*月.*日 前激活，已失效$/);
});

test('checking_off: everybody is let in where WeCom does not check yet', async () => {
  await arrive('not_enforced');
  await seesRecords();
  await expect(reasonNow()).resolves.toBe('checking_off');
});

test('app_not_installed: a forwarded link opened in a corp that removed the app', async () => {
  const screen = await arrive('removed', { entry: 'share', path: '/records' });
  expect(screen).toMatchObject({ kind: 'block', title: '企业未安装此应用' });
  expect(screen.code).toContain('app_not_installed');
});

test('English: the same screen in the language of the client', async () => {
  const screen = await arrive('trial_over', { nth: 3, look: { lang: 'en' } });
  expect(screen.title).not.toMatch(/[\u4e00-\u9fff]/);
  expect(screen.sentence).toMatch(/trial/i);
  await expect(visitor.page.locator('html').getAttribute('lang')).resolves.toBe('en');
});
