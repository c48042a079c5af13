import type { MiniPhone } from '../support/mini/mini-phone';
import { startMiniStage, type MiniStage } from '../support/mini/mini-stage';
import { handTest, sessionsOf } from './cast';
import { readMiniScreen } from './read-mini-screen';

/** Login and its session: opened once, kept, renewed, dropped when it is over. */
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

const CODE_TO_SESSION = '/cgi-bin/service/miniprogram/jscode2session';
const DAY_MS = 24 * 3_600_000;
const member = () => stage.member('free_seats', 2);
/** Expired ones are swept, so it is the newest that says whether there was another login. */
const newest = async () => (await sessionsOf(stage, member())).at(-1)?.sid_hash;

test('one login serves the next openings of the same phone', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  const before = await newest();
  phone = await stage.arrive(member(), { samePhone: true });
  await phone.find('#records');
  await expect(newest()).resolves.toBe(before);
});

test('the records of somebody else’s phone are not kept for the next person', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  phone = await stage.arrive(stage.member('trial_over'));
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'block', title: '应用无法使用' });
});

handTest('on its last day a session is renewed', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  const before = await newest();
  phone = await stage.arrive(member(), { samePhone: true, device: { clockAheadMs: 6.5 * DAY_MS } });
  await phone.find('#records');
  await expect(newest()).resolves.not.toBe(before);
});

test('a session the server has ended is dropped, and the member is in again without a word', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  const before = await newest();
  await stage.advance('8d');
  phone = await stage.arrive(member(), { samePhone: true });
  await phone.find('#records');
  await expect(newest()).resolves.not.toBe(before);
});

test('a session that ends while the app is open: the next call logs in anew, in place', async () => {
  phone = await stage.arrive(member());
  await phone.find('#records');
  const before = await newest();
  await stage.advance('8d');
  await phone.tap('#records .row-link');
  await phone.find('#record');
  await expect(newest()).resolves.not.toBe(before);
});

test.each([
  ['a spent code', 42022],
  ['WeCom’s own session over', 42013],
])('%s (%i): one more is asked for, and it serves', async (_what, errcode) => {
  await stage.order('faults', { endpoint: CODE_TO_SESSION, kind: 'errcode', errcode, times: 1 });
  phone = await stage.arrive(member());
  await phone.find('#records');
});

test('codes that are never taken end in a clear screen, and trying again succeeds', async () => {
  await stage.order('faults', { endpoint: CODE_TO_SESSION, kind: 'errcode', errcode: 40029, times: 2 });
  phone = await stage.arrive(member());
  expect((await readMiniScreen(phone)).kind).toBe('failed');
  await phone.tap('#gate-failed .gate-button');
  await phone.find('#records');
});

handTest('WeCom gives no code at all: said so, not a blank page', async () => {
  phone = await stage.arrive(member(), { device: { loginUrl: null } });
  expect(await readMiniScreen(phone)).toMatchObject({ kind: 'failed', title: '没有登录成功' });
});
