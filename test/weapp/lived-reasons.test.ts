import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniArrival, type MiniStage } from '../support/mini/mini-stage';
import type { Holder } from '../support/stage';
import { readMiniScreen } from './read-mini-screen';

/**
 * Reasons that are reached by doing what leads there, in the mini-program: buying, moving, removing, jumping the clock, WeCom
 * failing. The tests live on one after another in one world; the farthest jumps come last. The sample corps show the rest.
 */
let stage: MiniStage;
let phone: MiniPhone;

beforeAll(async () => {
  stage = await startMiniStage();
}, 60_000);
afterEach(async () => {
  await stage.order('faults', { clear: true });
  expect(phone.exceptions()).toEqual([]);
});
afterAll(() => stage.close());

const ACTIVATE = '/cgi-bin/license/active_account_by_type';
const QR = '/pages/records/index?from=qr';

async function arrive(holder: Holder, arrival?: MiniArrival): Promise<MiniPhone> {
  phone = await stage.arrive(holder, arrival);
  return phone;
}

async function seen(holder: Holder, arrival?: MiniArrival) {
  return readMiniScreen(await arrive(holder, arrival));
}

async function buy(corpId: string, base: number, generateSeconds = 0): Promise<void> {
  const { orderId } = await stage.order<{ orderId: string }>('orders', { corpId, months: 12, base });
  await stage.order(`orders/${orderId}/pay`, { generateSeconds });
  await stage.settled();
}

test('seat_valid: a member with a seat sees the records and no notice', async () => {
  expect(await seen(stage.member('free_seats', 2))).toMatchObject({ kind: 'page', title: '' });
  await phone.find('#records');
});

test('external_contact_needed: customer contact asked for with a base seat only', async () => {
  const screen = await seen(stage.member('free_seats', 2), {
    url: '/pages/records/index?capability=external_contact',
  });
  expect(screen).toMatchObject({ kind: 'block', title: '此功能需要互通账号', actions: ['购买互通账号', '重新检查'] });
});

test('activating: a scanned code shows the wait and goes on to the records by itself', async () => {
  await stage.order('faults', { endpoint: ACTIVATE, kind: 'slow', ms: 2500 });
  const opened = await arrive(stage.member('free_seats'), { url: QR });
  expect(await readMiniScreen(opened, { waits: true })).toMatchObject({ kind: 'wait', title: '正在激活' });
  await opened.find('#records');
});

test('out_of_range: a member taken out of the visible range', async () => {
  const member = stage.member('trial_day_12', 4);
  await stage.order('members', { ...member, action: 'hide' });
  await stage.settled();
  const screen = await seen(member);
  expect(screen).toMatchObject({ kind: 'block', title: '你不在应用可见范围内', actions: ['请管理员添加', '重新检查'] });
});

test('activation_failed: says what WeCom said, and trying again succeeds', async () => {
  await stage.order('faults', { endpoint: ACTIVATE, kind: 'errcode', errcode: 701030, times: 1 });
  const screen = await seen(stage.member('free_seats', 4), { url: QR });
  expect(screen).toMatchObject({ kind: 'block', title: '激活没有成功', actions: ['重试'] });
  expect(screen.sentence).toMatch(/^企业微信暂时没有完成激活（.+）$/);
  await phone.tap('#gate-action-recheck');
  await phone.find('#records');
});

test('seat_moved: the seat was handed to a colleague', async () => {
  const holder = stage.member('used_up', 2);
  expect((await seen(holder)).kind).toBe('page');
  await stage.order('transfers', { corpId: holder.corpId, from: holder.userId, to: stage.member('used_up', 4).userId });
  await stage.advance('10m');
  expect(await seen(holder, { samePhone: true })).toMatchObject({ kind: 'block', title: '你的名额已转给他人' });
});

test('codes_generating: paid, but WeCom is still making the codes', async () => {
  const member = stage.member('used_up');
  await buy(member.corpId, 3, 600);
  await stage.advance('1m');
  expect(await seen(member)).toMatchObject({ kind: 'block', title: '名额正在生成', actions: ['重试'] });
});

test('seat_expired: after the seat ended, with none free', async () => {
  expect((await seen(stage.member('seat_3_days'))).title).toBe('使用名额即将到期');
  await stage.advance('4d');
  const screen = await seen(stage.member('seat_3_days'), { samePhone: true });
  expect(screen).toMatchObject({ kind: 'block', title: '你的使用名额已到期', actions: ['申请续期', '重新检查'] });
  expect(screen.sentence).toMatch(/^名额已于 .*月.*日 到期$/);
});

test('stale_facts: WeCom is down, the last answer carries; facts_unavailable once the grace time is over', async () => {
  const member = stage.member('trial_day_12', 3);
  expect((await seen(member)).kind).toBe('page');
  await stage.order('faults', { endpoint: '*', kind: 'down' });
  await stage.advance('20m');
  const warned = await seen(member, { samePhone: true });
  expect(warned).toMatchObject({ kind: 'page', title: '暂时无法核对许可' });
  expect(warned.sentence).toMatch(/^正在使用 20 分钟 ?前的结果，应用可继续使用$/);
  await stage.advance('25h');
  const refused = await seen(member, { samePhone: true });
  expect(refused).toMatchObject({ kind: 'block', title: '暂时无法确认使用资格', actions: ['重试'] });
  await stage.order('faults', { clear: true });
  await phone.tap('#gate-action-recheck');
  await phone.find('#records');
});

describe('where the provider lets only WeCom activate', () => {
  let platform: MiniStage;
  beforeAll(async () => {
    platform = await startMiniStage({ env: { ACTIVATION: 'platform' } });
  }, 60_000);
  afterAll(() => platform.close());

  test('open_from_workbench: a scanned code shows the way to the workbench', async () => {
    phone = await platform.arrive(platform.member('free_seats'), { url: QR });
    const screen = await readMiniScreen(phone);
    expect(screen).toMatchObject({ kind: 'block', title: '请从工作台打开一次' });
    expect(screen.actions[0]).toBe('我已打开，重试');
    await phone.tap('#gate-action-show_steps');
    await expect(phone.text('.gate-howto-body')).resolves.toContain('工作台');
  });
});
