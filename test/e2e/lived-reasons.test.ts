import { startStage, type Holder, type Look, type Stage, type Visitor } from '../support/stage';
import type { Entry } from '../support/world';
import { askVerdict, drawn, readScreen, type Screen } from './read-screen';

/**
 * Reasons that are reached by doing what leads there: buying, moving, removing, jumping the clock, WeCom failing. The tests
 * live on one after another in one world, as a provider's days do; the farthest jumps come last.
 */
let stage: Stage;
const visitors: Visitor[] = [];

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.close();
  await stage.order('faults', { clear: true });
});
afterAll(() => stage.close());

async function arrive(holder: Holder, entry: Entry = 'workbench', path?: string, look?: Look) {
  const visitor = await stage.visitor(holder, look);
  visitors.push(visitor);
  await visitor.open(entry, path);
  return visitor;
}

async function screenOf(visitor: Visitor): Promise<Screen> {
  await drawn(visitor.page);
  return readScreen(visitor.page);
}

async function buy(corpId: string, count: { base?: number; externalContact?: number }, generateSeconds = 0) {
  const { orderId } = await stage.order<{ orderId: string }>('orders', { corpId, months: 12, ...count });
  await stage.order(`orders/${orderId}/pay`, { generateSeconds });
  await stage.settled();
}

test('external_contact_needed: customer contact asked for with a base seat only', async () => {
  const visitor = await arrive(stage.member('free_seats', 2), 'workbench');
  await drawn(visitor.page);
  await visitor.page.goto(`${stage.origin}/records?capability=external_contact`);
  const screen = await screenOf(visitor);
  expect(screen).toMatchObject({ kind: 'block', title: '此功能需要互通账号', actions: ['购买互通账号', '重新检查'] });
});

test('activating: a scanned code shows the wait and goes on to the record by itself', async () => {
  const member = stage.member('free_seats');
  await stage.order('faults', { endpoint: '/cgi-bin/license/active_account_by_type', kind: 'slow', ms: 2500 });
  const visitor = await arrive(member, 'qr', '/records');
  await visitor.page.locator('#gate-wait').first().waitFor();
  const screen = await readScreen(visitor.page);
  expect(screen).toMatchObject({ kind: 'wait', title: '正在激活' });
  await visitor.page.locator('#records').waitFor();
  expect((await askVerdict(visitor.page)).reason).toBe('seat_valid');
});

test('outsider_free: a WeChat visitor sees the label of a scanned record and nothing else', async () => {
  const insider = await arrive(stage.member('trial_day_12'));
  await insider.page.locator('#records').waitFor();
  const recordId = await insider.page.evaluate(async () => {
    const list = (await (await fetch('/api/records')).json()) as { items: { id: string; title: string }[] };
    return list.items.find(({ title }) => title === '2 号电梯')?.id ?? '';
  });
  const guest = await arrive('outsider', 'qr', `/record?id=${recordId}`, { client: 'wechat' });
  expect((await screenOf(guest)).kind).toBe('open');
  await guest.page.locator('#gate-action-visit').click();
  await guest.page.locator('#record-label').waitFor();
  expect((await askVerdict(guest.page)).reason).toBe('outsider_free');
  await expect(guest.page.locator('#record-note').count()).resolves.toBe(0);
});

test('out_of_range: a member taken out of the visible range', async () => {
  const member = stage.member('trial_day_12', 4);
  await stage.order('members', { ...member, action: 'hide' });
  await stage.settled();
  const screen = await screenOf(await arrive(member, 'share', '/records'));
  expect(screen).toMatchObject({ kind: 'block', title: '你不在应用可见范围内', actions: ['请管理员添加', '重新检查'] });
});

test('activation_failed: says what WeCom said, and trying again succeeds', async () => {
  await stage.order('faults', {
    endpoint: '/cgi-bin/license/active_account_by_type',
    kind: 'errcode',
    errcode: 701030,
    times: 1,
  });
  const visitor = await arrive(stage.member('free_seats', 4), 'qr', '/records');
  const screen = await screenOf(visitor);
  expect(screen).toMatchObject({ kind: 'block', title: '激活没有成功', actions: ['重试'] });
  expect(screen.sentence).toMatch(/^企业微信暂时没有完成激活（.+）$/);
  await visitor.page.locator('#gate-action-recheck').click();
  await visitor.page.locator('#records').waitFor();
});

test('seat_moved: the seat was handed to a colleague', async () => {
  const holder = stage.member('used_up', 2);
  const before = await arrive(holder);
  await drawn(before.page);
  await stage.order('transfers', { corpId: holder.corpId, from: holder.userId, to: stage.member('used_up', 4).userId });
  await stage.advance('10m');
  await before.open('workbench');
  const screen = await screenOf(before);
  expect(screen).toMatchObject({ kind: 'block', title: '你的名额已转给他人' });
});

test('codes_generating: paid, but WeCom is still making the codes', async () => {
  const member = stage.member('used_up');
  await buy(member.corpId, { base: 3 }, 600);
  await stage.advance('1m');
  const screen = await screenOf(await arrive(member));
  expect(screen).toMatchObject({ kind: 'block', title: '名额正在生成', actions: ['重试'] });
});

test('seat_expired: after the seat ended, with none free', async () => {
  const visitor = await arrive(stage.member('seat_3_days'));
  await drawn(visitor.page);
  await stage.advance('4d');
  await visitor.open('workbench');
  const screen = await screenOf(visitor);
  expect(screen).toMatchObject({ kind: 'block', title: '你的使用名额已到期', actions: ['申请续期', '重新检查'] });
  expect(screen.sentence).toMatch(/^名额已于 .*月.*日 到期$/);
});

test('stale_facts: WeCom is down, the last answer carries; facts_unavailable once the grace time is over', async () => {
  const visitor = await arrive(stage.member('trial_day_12', 3));
  await drawn(visitor.page);
  await stage.order('faults', { endpoint: '*', kind: 'down' });
  await stage.advance('20m');
  await visitor.page.goto(`${stage.origin}/records`);
  const warned = await screenOf(visitor);
  expect(warned).toMatchObject({ kind: 'page', title: '暂时无法核对许可' });
  expect(warned.sentence).toMatch(/^正在使用 20 分钟 ?前的结果，应用可继续使用$/);
  await stage.advance('25h');
  await visitor.page.goto(`${stage.origin}/records`);
  const refused = await screenOf(visitor);
  expect(refused).toMatchObject({ kind: 'block', title: '暂时无法确认使用资格', actions: ['重试'] });
  await stage.order('faults', { clear: true });
  await visitor.page.locator('#gate-action-recheck').click();
  await visitor.page.locator('#records').waitFor();
});

describe('where the provider lets only WeCom activate', () => {
  let platform: Stage;
  beforeAll(async () => {
    platform = await startStage({ env: { ACTIVATION: 'platform' } });
  }, 60_000);
  afterAll(() => platform.close());

  test('open_from_workbench: a scanned code shows the way, and the workbench leads back to the record', async () => {
    const visitor = await platform.visitor(platform.member('free_seats'));
    visitors.push(visitor);
    await visitor.open('qr', '/records');
    const screen = await screenOf(visitor);
    expect(screen).toMatchObject({ kind: 'block', title: '请从工作台打开一次' });
    expect(screen.actions[0]).toBe('我已打开，重试');
    const workbench = await visitor.context.newPage();
    await workbench.goto(await visitor.addressOf('workbench'));
    await workbench.locator('#records').waitFor();
    await visitor.page.locator('#gate-action-recheck').click();
    await visitor.page.locator('#records').waitFor();
  });
});
