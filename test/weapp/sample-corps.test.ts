import { startMiniStage, type MiniArrival, type MiniStage } from '../support/mini/mini-stage';
import type { MiniPhone } from '../support/mini/mini-phone';
import { waitFor } from '../support/wait-for';
import type { Screen } from '../e2e/read-screen';
import { readMiniScreen } from './read-mini-screen';

/** Each sample corp, opened in the compiled mini-program as one of its members. */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage();
}, 60_000);
afterEach(() => expect(phone.exceptions()).toEqual([]));
afterAll(() => stage.close());

async function arrive(sample: string, nth = 1, arrival?: MiniArrival): Promise<Screen> {
  phone = await stage.arrive(stage.member(sample, nth), arrival);
  return readMiniScreen(phone);
}

test('trial: a member is let in without a notice while most of it is ahead', async () => {
  const screen = await arrive('trial_day_12');
  expect(screen).toMatchObject({ kind: 'page', title: '' });
  await expect(phone.text('#records')).resolves.toContain('2 号电梯');
});

test('trial: an administrator sees the banner with its date and where to read of costs', async () => {
  const screen = await arrive('trial_day_12', 2);
  expect(screen).toMatchObject({ kind: 'page', title: '试用中', actions: ['了解费用'] });
  expect(screen.sentence).toMatch(/^试用至 (\d{4}年)?\d{1,2}月\d{1,2}日，还剩 7[89] 天$/);
});

test('trial_ending: banner and sheet, and the member can tell the administrator', async () => {
  const screen = await arrive('trial_5_left');
  expect(screen).toMatchObject({ kind: 'page', title: '试用即将结束' });
  expect(screen.sentence).toMatch(/^试用将于 .*月.*日 结束，之后没有使用名额的成员将无法打开应用$/);
  await expect(phone.text('#gate-sheet')).resolves.toContain('提醒管理员');
  await phone.tap('#gate-sheet .gate-button');
  await expect(phone.text('#gate-sheet #gate-asked')).resolves.toMatch(/已.*提醒 1 位管理员/);
});

test('trial_ending: the sheet comes once a day per person', async () => {
  await arrive('trial_5_left', 3);
  await phone.tap('#gate-sheet-close');
  await phone.gone('#gate-sheet');
  await arrive('trial_5_left', 3, { samePhone: true });
  await phone.find('#records');
  await expect(phone.all('#gate-sheet')).resolves.toEqual([]);
});

test('trial_over: refused with the true reason, its date, why, and one thing to do', async () => {
  const screen = await arrive('trial_over');
  expect(screen).toMatchObject({ kind: 'block', title: '应用无法使用', actions: ['提醒管理员购买', '重新检查'] });
  expect(screen.sentence).toMatch(/^试用已于 .*月.*日 结束，企业还没有购买使用名额$/);
  expect(screen.code).toContain('trial_over');
  await phone.tap('#gate-why .gate-why-title');
  const why = await waitFor('the facts', async () => {
    const text = await phone.text('#gate-why');
    return text.includes('首次安装') ? text : null;
  });
  expect(why).toMatch(/首次安装[\s\S]*90 天试用结束[\s\S]*已购买名额/);
});

test('trial_over: an administrator is shown where to buy', async () => {
  const screen = await arrive('trial_over', 2);
  expect(screen.actions).toEqual(['购买名额', '重新检查']);
  await phone.tap('#gate-action-buy_seats');
  await phone.find('#licences');
});

test('no_free_seat: says how many were bought and takes a request', async () => {
  const screen = await arrive('used_up');
  expect(screen).toMatchObject({ kind: 'block', title: '使用名额已用完', actions: ['申请名额', '重新检查'] });
  expect(screen.sentence).toBe('企业购买的 2 个名额都已分配');
  await phone.tap('#gate-action-request_seat');
  await expect(phone.text('#gate-asked')).resolves.toContain('提醒 1 位管理员');
});

test('seat_expiring: let in with the date the seat ends', async () => {
  const screen = await arrive('seat_3_days');
  expect(screen).toMatchObject({ kind: 'page', title: '使用名额即将到期' });
  expect(screen.sentence).toMatch(/^你的使用名额将于 .*月.*日 到期$/);
});

test('activation_off: waits for the administrator', async () => {
  const screen = await arrive('auto_off');
  expect(screen).toMatchObject({
    kind: 'block',
    title: '等待管理员激活',
    sentence: '企业已购买名额，但未开启自动激活',
    actions: ['请管理员激活', '重新检查'],
  });
});

test('codes_lapsed: names the day by which the accounts had to be activated', async () => {
  const screen = await arrive('codes_lapsed');
  expect(screen).toMatchObject({ kind: 'block', title: '名额超过激活期限', actions: ['申请名额', '重新检查'] });
  expect(screen.sentence).toMatch(/^购买的名额未在 .*月.*日 前激活，已失效$/);
});

test('checking_off: everybody is let in where WeCom does not check yet', async () => {
  expect((await arrive('not_enforced')).kind).toBe('page');
  await phone.find('#records');
});

test('app_not_installed: a corp that removed the app', async () => {
  const screen = await arrive('removed');
  expect(screen).toMatchObject({ kind: 'block', title: '企业未安装此应用' });
  expect(screen.code).toContain('app_not_installed');
});
