import type { Page } from 'playwright-core';
import { memberTag } from '../../server/http/present/admin-licences';
import { startStage, type Stage } from '../support/stage';
import { ask, createCast, screenOf, type Member } from './cast';
import { askVerdict, drawn } from './read-screen';

/** What administrators see and do on the licence page and on the gate's own screens, held against WeCom's books. */
let stage: Stage;
const cast = createCast(() => stage);

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterEach(() => cast.leave());
afterAll(() => stage.close());

async function adminPage(member: Member): Promise<Page> {
  const { page } = await cast.arrive(member, { entry: 'link', path: '/admin' });
  await page.locator('#licences').waitFor();
  return page;
}

async function refreshed(page: Page): Promise<void> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/admin/licences/refresh'));
  await page.locator('#licences-refresh').click();
  expect((await answer).status()).toBe(200);
}

const figure = async (page: Page, name: string) => Number(await page.locator(`#figure-${name}`).innerText());
const rowsOf = (page: Page) => page.locator('#requests [id^="request-"]');
const rowOf = (page: Page, { userId }: Member) => rowsOf(page).filter({ hasText: memberTag(userId) });
const autoSwitch = (page: Page, on: boolean) => page.locator(`#auto-activation[aria-checked="${on}"]`);

/** The numbers on the page are those of WeCom's ledger. */
async function agreesWithBooks(page: Page, corpId: string): Promise<void> {
  const { codes } = await cast.books(corpId);
  const count = (status: number) => codes.filter((code) => code.status === status).length;
  await page.locator('#figure-in-use', { hasText: new RegExp(`^${count(2)}$`) }).waitFor();
  await expect(Promise.all(['bought', 'in-use', 'free'].map((name) => figure(page, name)))).resolves.toEqual([
    codes.length,
    count(2),
    count(1),
  ]);
}

/** Without a seat and made an administrator now. */
async function promote(member: Member): Promise<Member> {
  await stage.order('members', { ...member, action: 'admin' });
  await stage.settled();
  return member;
}

describe('requests', () => {
  const asks = async (member: Member) => {
    const { page } = await cast.arrive(member);
    await drawn(page);
    const button = page.locator('#gate-action-request_seat');
    if ((await button.count()) > 0) await button.click();
    await page.locator('#gate-asked').waitFor();
    return page.locator('#gate-asked').innerText();
  };

  test('each member stands in the list once, however often and from wherever they ask', async () => {
    const askers = [stage.member('used_up'), stage.member('used_up', 4)];
    for (const asker of askers) await asks(asker);
    const since = await asks(stage.member('used_up'));
    expect(since).toContain('提醒 1 位管理员');
    const page = await adminPage(stage.member('used_up', 2));
    await expect(rowsOf(page).count()).resolves.toBe(2);
    for (const asker of askers) await expect(rowOf(page, asker).innerText()).resolves.toContain('申请');
    await expect(figure(page, 'waiting')).resolves.toBe(2);
    await expect(page.locator('#todo-requests').innerText()).resolves.toContain('2 人申请名额');
    await agreesWithBooks(page, askers[0]?.corpId ?? '');
  });

  test('with no free seat there is nothing to assign; with one bought, assigning lets the member in', async () => {
    const asker = stage.member('used_up');
    const page = await adminPage(stage.member('used_up', 2));
    await expect(rowOf(page, asker).getByRole('button').count()).resolves.toBe(0);
    await cast.buy(asker.corpId, 3);
    await refreshed(page);
    await rowOf(page, asker).getByRole('button', { name: '分配' }).click();
    await rowOf(page, asker).waitFor({ state: 'detached' });
    await agreesWithBooks(page, asker.corpId);
    const { members } = await cast.books(asker.corpId);
    expect(members.find(({ userId }) => userId === asker.userId)?.seats).toHaveLength(1);
    const visitor = await cast.arrive(asker, { entry: 'link', path: '/records' });
    await visitor.page.locator('#records').waitFor();
    await expect(rowsOf(page).count()).resolves.toBe(1);
  });
});

describe('auto-activation', () => {
  test('the switch on the page is WeCom’s switch, both ways', async () => {
    const admin = stage.member('auto_off', 2);
    const page = await adminPage(admin);
    await autoSwitch(page, false).click();
    await autoSwitch(page, true).waitFor();
    expect((await cast.books(admin.corpId)).autoActivation).toBe(true);
    await autoSwitch(page, true).click();
    await autoSwitch(page, false).waitFor();
    expect((await cast.books(admin.corpId)).autoActivation).toBe(false);
  });

  test('activation_off: 立即激活 gives this administrator a seat and leaves the switch alone', async () => {
    const admin = await promote(stage.member('auto_off', 4));
    const visitor = await cast.arrive(admin);
    expect(await screenOf(visitor)).toMatchObject({
      kind: 'block',
      title: '等待管理员激活',
      actions: ['立即激活', '开启自动激活', '重新检查'],
    });
    await visitor.page.locator('#gate-action-activate_now').click();
    await visitor.page.locator('#records').waitFor();
    const books = await cast.books(admin.corpId);
    expect(books.members.find(({ userId }) => userId === admin.userId)?.seats).toHaveLength(1);
    expect(books.autoActivation).toBe(false);
  });

  test('activation_off: 开启自动激活 switches it on, and everybody who comes is let in', async () => {
    const admin = await promote(stage.member('auto_off'));
    const visitor = await cast.arrive(admin);
    expect((await screenOf(visitor)).title).toBe('等待管理员激活');
    await visitor.page.locator('#gate-action-enable_auto_activation').click();
    await visitor.page.locator('#records').waitFor();
    expect((await cast.books(admin.corpId)).autoActivation).toBe(true);
    const colleague = await cast.arrive(await cast.newcomer(admin.corpId));
    await colleague.page.locator('#records').waitFor();
    expect((await askVerdict(colleague.page)).reason).toBe('seat_valid');
  });
});

describe('who is not an administrator', () => {
  test.each([
    ['a member who may use the app', 'trial_day_12'],
    ['a member who is stopped', 'trial_over'],
  ])('%s is shown nothing of the licence page', async (_who, sample) => {
    const { page } = await cast.arrive(stage.member(sample, 3), { entry: 'link', path: '/admin' });
    await drawn(page);
    const told = sample === 'trial_day_12' ? '此页面只给应用管理员使用' : '应用无法使用';
    await page.getByText(told).first().waitFor();
    await expect(page.locator('#licences').count()).resolves.toBe(0);
    expect(await ask(page, '/api/admin/licences')).toMatchObject({ status: 403 });
    expect(await ask(page, '/api/admin/auto-activation', { on: true })).toMatchObject({ status: 403 });
  });

  test('somebody who no longer administers the app loses the page', async () => {
    const admin = await promote(stage.member('trial_day_12', 4));
    const page = await adminPage(admin);
    await stage.order('members', { ...admin, action: 'unadmin' });
    await stage.settled();
    await page.reload();
    await page.getByText('此页面只给应用管理员使用').waitFor();
    await expect(page.locator('#licences').count()).resolves.toBe(0);
  });

  test('another corp’s administrator sees their own numbers and can touch nobody else’s', async () => {
    const stranger = stage.member('free_seats', 4);
    const asker = stage.member('trial_5_left');
    const { page: asking } = await cast.arrive(asker);
    await asking.locator('#gate-sheet').getByRole('button', { name: '提醒管理员' }).click();
    await asking.locator('#gate-sheet #gate-asked').waitFor();
    const own = await adminPage(stage.member('trial_5_left', 2));
    const requestId = (await rowOf(own, asker).getAttribute('id'))?.replace('request-', '') ?? '';

    const page = await adminPage(stage.member('used_up', 2));
    await agreesWithBooks(page, stage.member('used_up').corpId);
    await expect(rowOf(page, asker).count()).resolves.toBe(0);
    const { text } = await ask(page, '/api/admin/licences');
    for (const { userId } of [stranger, asker]) expect(text).not.toContain(userId);
    expect(await ask(page, '/api/admin/seats/activate', { userId: stranger.userId })).toMatchObject({ status: 404 });
    expect(await ask(page, `/api/admin/requests/${requestId}/settle`, {})).toMatchObject({ status: 404 });
    expect(await ask(own, `/api/admin/requests/${requestId}/settle`, {})).toMatchObject({ status: 204 });
  });
});
