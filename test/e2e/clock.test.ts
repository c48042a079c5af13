import { BANNER_STAYS_DAYS } from '../../domain/notice';
import { DAY_MS, SHANGHAI_OFFSET_MINUTES, windowOpensAtMs } from '../../domain/calendar';
import { startStage, type Stage, type Visitor } from '../support/stage';
import { ask, createCast, screenOf, type Member } from './cast';
import { askVerdict, drawn } from './read-screen';

/**
 * Time passes: each boundary of a right is crossed and looked at from both sides. The tests follow one another in one
 * world, so that time only ever goes forward.
 */
let stage: Stage;
const cast = createCast(() => stage);

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterEach(() => cast.leave());
afterAll(() => stage.close());

/** Time runs on while a page is drawn: before a boundary there must be room for that. */
const JUST_BEFORE_MS = 60_000;
const WARNING_DAYS = 7;

const midnightBefore = (endsAtMs: number, days: number) => windowOpensAtMs(endsAtMs, days, SHANGHAI_OFFSET_MINUTES);

/** Somebody opens the app at this moment, with a login of their own. */
async function arriveAt(atMs: number, member: Member): Promise<Visitor> {
  await stage.moveTo(atMs);
  const visitor = await cast.arrive(member);
  await drawn(visitor.page);
  return visitor;
}

async function reasonAt(atMs: number, member: Member): Promise<string> {
  return (await askVerdict((await arriveAt(atMs, member)).page)).reason;
}

/** A corp whose trial begins now, one of its members, and when it ends. */
async function newCorp(name: string): Promise<{ member: Member; endsAt: number }> {
  const { corpId, members } = await stage.corp({ name });
  const { trial } = (await cast.books(corpId)).licence;
  return { member: { corpId, userId: members[0]?.userId ?? '' }, endsAt: trial?.end ?? 0 };
}

const closesOf = ({ page }: Visitor) => page.locator('#gate-banner .gate-close').count();

describe('a seat', () => {
  /** The third member's seat of this sample has eleven days to go. */
  const holder = () => stage.member('seat_3_days', 3);
  let endsAt: number;

  beforeAll(async () => {
    const { corpId, userId } = holder();
    const found = (await cast.books(corpId)).members.find((member) => member.userId === userId);
    endsAt = found?.seats[0]?.expiresAt ?? 0;
  });

  test('seat_valid until the midnight that opens its last seven days, seat_expiring from then', async () => {
    const opensAt = midnightBefore(endsAt, WARNING_DAYS);
    await expect(reasonAt(opensAt - JUST_BEFORE_MS, holder())).resolves.toBe('seat_valid');
    const visitor = await arriveAt(opensAt, holder());
    expect(await screenOf(visitor)).toMatchObject({ kind: 'page', title: '使用名额即将到期' });
    await expect(visitor.page.locator('#gate-sheet').innerText()).resolves.toContain('还剩 7 天');
  });

  test('seat_expiring to its last minute, seat_expired at its second', async () => {
    const before = await arriveAt(endsAt - JUST_BEFORE_MS, holder());
    const screen = await screenOf(before);
    expect(screen).toMatchObject({ kind: 'page', title: '使用名额即将到期' });
    expect(screen.sentence).toMatch(/^你的使用名额将于今天 \d\d:\d\d 到期$/);
    const after = await arriveAt(endsAt, holder());
    expect(await screenOf(after)).toMatchObject({ kind: 'block', title: '你的使用名额已到期' });
  });
});

describe('a trial', () => {
  let member: Member;
  let endsAt: number;

  beforeAll(async () => {
    ({ endsAt, member } = await newCorp('从头开始的企业'));
  });

  test('trial until the midnight that opens its last seven days, trial_ending from then', async () => {
    const opensAt = midnightBefore(endsAt, WARNING_DAYS);
    await expect(reasonAt(opensAt - JUST_BEFORE_MS, member)).resolves.toBe('trial');
    const visitor = await arriveAt(opensAt, member);
    expect(await screenOf(visitor)).toMatchObject({ kind: 'page', title: '试用即将结束' });
    await expect(visitor.page.locator('#gate-sheet').innerText()).resolves.toContain('还剩 7 天');
  });

  test('its banner can be put away for the day while more than three days are left', async () => {
    const lastDay = midnightBefore(endsAt, BANNER_STAYS_DAYS + 1);
    const visitor = await arriveAt(lastDay, member);
    await visitor.page.locator('#gate-sheet-close').click();
    await visitor.page.locator('#gate-banner .gate-close').click();
    await visitor.page.locator('#gate-banner').waitFor({ state: 'detached' });
    await visitor.page.reload();
    await drawn(visitor.page);
    await expect(visitor.page.locator('#gate-banner').count()).resolves.toBe(0);
  });

  test('its banner stays in the last three days, also for who put it away the day before', async () => {
    const closedAt = midnightBefore(endsAt, BANNER_STAYS_DAYS) - JUST_BEFORE_MS;
    const visitor = await arriveAt(closedAt, member);
    await visitor.page.locator('#gate-sheet-close').click();
    await visitor.page.locator('#gate-banner .gate-close').click();
    await stage.moveTo(closedAt + JUST_BEFORE_MS);
    await visitor.open('workbench');
    expect(await screenOf(visitor)).toMatchObject({ kind: 'page', title: '试用即将结束' });
    await expect(closesOf(visitor)).resolves.toBe(0);
  });

  test('trial_ending to its last minute, trial_over at its second', async () => {
    const before = await arriveAt(endsAt - JUST_BEFORE_MS, member);
    expect((await screenOf(before)).sentence).toMatch(/^试用将于今天 \d\d:\d\d 结束/);
    const after = await arriveAt(endsAt, member);
    expect(await screenOf(after)).toMatchObject({ kind: 'block', title: '应用无法使用' });
  });

  test('after it is over, seats bought and paid let the member in at the next opening', async () => {
    const visitor = await arriveAt(endsAt + DAY_MS, member);
    expect(await screenOf(visitor)).toMatchObject({ kind: 'block', title: '应用无法使用' });
    await cast.buy(member.corpId, 2);
    await stage.order('auto-activation', { corpId: member.corpId, on: true });
    await visitor.open('workbench');
    await visitor.page.locator('#records').waitFor();
    expect((await askVerdict(visitor.page)).reason).toBe('seat_valid');
  });

  test('a page left open over the end saves nothing more, and the next one says why', async () => {
    const late = await newCorp('开着页面的企业');
    const visitor = await arriveAt(late.endsAt - JUST_BEFORE_MS, late.member);
    const record = await cast.record(late.member, { title: '末班电梯' });
    await stage.moveTo(late.endsAt);
    const saved = await ask(visitor.page, `/api/records/${record.id}`, { status: 'todo', note: '迟了' });
    expect(saved).toMatchObject({ status: 403, text: expect.stringContaining('trial_over') });
    expect(saved.text).not.toContain('末班电梯');
    await visitor.page.reload();
    expect(await screenOf(visitor)).toMatchObject({ kind: 'block', title: '应用无法使用' });
  });
});
