import { buildDeps } from '../../server/build-deps';
import type { Deps } from '../../server/deps';
import { reconcileCorp } from '../../server/licences/reconcile';
import { planReminders } from '../../server/reminders/plan-reminders';
import { remindCorp } from '../../server/reminders/remind-corp';
import { createMetrics } from '../../server/metrics';
import { listJobs } from '../../server/store/job-overview';
import { listSends } from '../../server/store/reminders';
import { waitFor } from '../support/wait-for';
import { startWorld, type SandboxCorp, type World } from '../support/world';

/** Against the sandbox's outbox: what administrators really get. The sandbox's second member administers the app. */

type Sent = {
  readonly at: number;
  readonly corpId: string;
  readonly toUserIds: string[];
  readonly content: {
    main_title: { title: string };
    horizontal_content_list: { value: string }[];
    card_action: object;
  };
};

const DAY_MS = 86_400_000;
let world: World;
let corp: SandboxCorp;
/** A Monday morning, ninety days before another one. */
let installedAtMs: number;

beforeEach(async () => {
  world = await startWorld();
  installedAtMs = nextMonday(world.deps.clock.now());
  await world.order('clock', { now: installedAtMs });
  corp = await world.corp({ members: ['成员', '管理员'] });
  await reconcile();
});
afterEach(() => world.close());

/** 10:15 in Shanghai on the second Monday from now. */
function nextMonday(nowMs: number): number {
  const local = new Date(nowMs + 8 * 3_600_000);
  const ahead = ((8 - local.getUTCDay()) % 7) + 7;
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + ahead, 2, 15);
}

const goTo = async (atMs: number): Promise<void> => {
  await world.order('clock', { now: atMs });
  await world.settled();
};

async function sentTo({ corpId }: SandboxCorp): Promise<Sent[]> {
  const response = await fetch(`${world.sandbox.origin}/sandbox/messages`);
  const { messages } = (await response.json()) as { messages: Sent[] };
  return messages.filter((message) => message.corpId === corpId);
}

async function timesAsked(path: string): Promise<number> {
  const line = new RegExp(`gate_wecom_calls_total{path="${path}",outcome="ok"} (\\d+)`);
  return Number(line.exec(await world.deps.metrics.text())?.[1] ?? 0);
}

const remind = (deps: Deps = world.deps) => remindCorp(deps, { corpId: corp.corpId }, new AbortController().signal);
const reconcile = () => reconcileCorp(world.deps, corp.corpId, new AbortController().signal);
const adminId = (): string => corp.members[1]?.userId ?? '';

test('through a whole trial an administrator hears of its end four times, the last a day before the last day to order', async () => {
  for (let day = 40; day < 95; day += 1) {
    await goTo(installedAtMs + day * DAY_MS);
    await remind();
  }
  const sent = await sentTo(corp);
  expect(sent.map(({ toUserIds }) => toUserIds)).toEqual([[adminId()], [adminId()], [adminId()], [adminId()]]);
  expect(sent[0]?.content.main_title.title).toMatch(/^试用将于 .*\d+月\d+日 结束$/);
  expect(sent[0]?.content.card_action).toEqual({ type: 1, url: `${world.origin}/admin?from=card` });
  const lastAt = sent.at(-1)?.at ?? 0;
  // Three working days to order, and one to decide.
  expect(lastAt).toBeLessThanOrEqual(installedAtMs + 86 * DAY_MS);
  for (const { at } of sent) expect(new Date(at + 8 * 3_600_000).getUTCDay() % 6).not.toBe(0);
  const records = await listSends(world.deps.store.db, corp.corpId);
  expect(records).toHaveLength(4);
  expect(records[0]).toMatchObject({ state: 'sent', user_ids_json: JSON.stringify([adminId()]), invalid_json: '[]' });
  expect(records.every(({ message_id }) => message_id !== null)).toBe(true);
}, 120_000);

test('two instances that look at once, and one that looks again, send one message', async () => {
  const other = await buildDeps(world.deps.config, '', {
    clock: world.deps.clock,
    store: world.deps.store,
    log: world.deps.log,
    metrics: createMetrics(),
    pages: null,
    assets: world.deps.assets,
  });
  await goTo(installedAtMs + 63 * DAY_MS);
  await Promise.allSettled([remind(), remind(other), remind(), remind(other)]);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
});

test('a process killed before it wrote down the answer sends nothing twice', async () => {
  const { db } = world.deps.store;
  const forgetAnswer = () => db.updateTable('reminder_sends').set({ state: 'sending', message_id: null }).execute();
  await goTo(installedAtMs + 63 * DAY_MS);
  await remind();
  await forgetAnswer();
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
  expect(await listSends(db, corp.corpId)).toMatchObject([{ state: 'sent' }]);

  // WeCom's own guard reaches four hours back; later nobody can know, and silence is the smaller evil.
  await forgetAnswer();
  await goTo(installedAtMs + 63 * DAY_MS + 4 * 3_600_000);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
  expect(await listSends(db, corp.corpId)).toMatchObject([{ state: 'unknown' }]);
});

test('what WeCom refused is sent when it no longer does, and what it did not answer too', async () => {
  const endpoint = '/cgi-bin/message/send';
  await goTo(installedAtMs + 63 * DAY_MS);
  await world.order('faults', { endpoint, kind: 'errcode', errcode: 60020, times: 20 });
  await remind();
  expect(await listSends(world.deps.store.db, corp.corpId)).toMatchObject([
    { state: 'refused', message: expect.stringContaining('60020') as string },
  ]);
  await world.order('faults', { clear: true });
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
  expect(await listSends(world.deps.store.db, corp.corpId)).toMatchObject([{ state: 'sent' }]);
});

test('a refusal after an answer was lost does not unsay it: nobody hears the same twice', async () => {
  const endpoint = '/cgi-bin/message/send';
  await goTo(installedAtMs + 63 * DAY_MS);
  await world.order('faults', { endpoint, kind: 'lost', times: 1 });
  await expect(remind()).rejects.toMatchObject({ code: expect.stringMatching(/^wecom\./) as string });
  expect(await sentTo(corp)).toHaveLength(1);
  await world.order('faults', { endpoint, kind: 'errcode', errcode: -1, times: 20 });
  await expect(remind()).rejects.toMatchObject({ errcode: -1 });
  await world.order('faults', { clear: true });
  await world.order('faults', { endpoint, kind: 'errcode', errcode: 60020, times: 20 });
  await remind();
  await world.order('faults', { clear: true });
  expect(await listSends(world.deps.store.db, corp.corpId)).toMatchObject([{ state: 'unknown' }]);
  await remind();
  await goTo(installedAtMs + 64 * DAY_MS);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
});

test('nor does an answer to the second try that it reached nobody', async () => {
  const endpoint = '/cgi-bin/message/send';
  await goTo(installedAtMs + 63 * DAY_MS);
  await world.order('faults', { endpoint, kind: 'lost', times: 1 });
  await expect(remind()).rejects.toThrow();
  await world.order('faults', { endpoint, kind: 'errcode', errcode: 81013, times: 1 });
  await remind();
  expect(await listSends(world.deps.store.db, corp.corpId)).toMatchObject([{ message: 'reached nobody' }]);
  await goTo(installedAtMs + 64 * DAY_MS);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
});

test('a message that reached nobody is sent anew on the next working day, not on the same', async () => {
  await goTo(installedAtMs + 63 * DAY_MS);
  await world.order('faults', { endpoint: '/cgi-bin/message/send', kind: 'errcode', errcode: 81013, times: 1 });
  await remind();
  await remind();
  expect(await sentTo(corp)).toEqual([]);
  expect(await listSends(world.deps.store.db, corp.corpId)).toMatchObject([{ message: 'reached nobody' }]);
  await goTo(installedAtMs + 64 * DAY_MS);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
});

test('nobody is written to in the evening because the corp took long to read', async () => {
  await goTo(installedAtMs + 63 * DAY_MS + 7.7 * 3_600_000);
  const { wecom } = world.deps;
  const getAppLicence: typeof wecom.getAppLicence = async (corpId) => {
    await world.order('clock', { advance: '5m' });
    return wecom.getAppLicence(corpId);
  };
  await remind({ ...world.deps, wecom: { ...wecom, getAppLicence } });
  expect(await sentTo(corp)).toEqual([]);
  await goTo(installedAtMs + 64 * DAY_MS);
  await remind();
  expect(await sentTo(corp)).toHaveLength(1);
});

test('after the trial only holders of a seat hear of seats that end; whoever holds none is not written to', async () => {
  const [member, admin] = corp.members;
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 2, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  await world.settled();
  await world.order('seats', { corpId: corp.corpId, userId: member?.userId, type: 1 });
  await reconcile();
  const nearTheEnd = installedAtMs + 364 * DAY_MS;
  await goTo(nearTheEnd);
  const listings = await timesAsked('/cgi-bin/license/list_actived_account');
  await remind();
  await remind();
  expect(await sentTo(corp)).toEqual([]);
  expect(await world.deps.metrics.text()).toContain('gate_reminders_total{outcome="no_recipient"} 2');
  // That nobody may receive it is on record: the corp is not read for it.
  expect(await timesAsked('/cgi-bin/license/list_actived_account')).toBe(listings);

  await world.order('seats', { corpId: corp.corpId, userId: admin?.userId, type: 1 });
  // As the night does.
  await reconcile();
  await goTo(nearTheEnd + 3_600_000);
  await remind();
  const [sent] = await sentTo(corp);
  expect(sent?.toUserIds).toEqual([adminId()]);
  expect(sent?.content.main_title.title).toMatch(/^1 个使用名额将于 .* 到期$/);
});

test('the schedule finds the corp by itself, in office hours and on working days only', async () => {
  const kind = 'remind-corp';
  await goTo(installedAtMs + 61 * DAY_MS);
  expect(new Date(world.deps.clock.now()).getUTCDay()).toBe(6);
  await planReminders(world.deps);
  expect(await listJobs(world.deps.store.db, { kind }, 10)).toEqual([]);
  await goTo(installedAtMs + 63 * DAY_MS);
  await waitFor('the look at the corp', async () => (await listJobs(world.deps.store.db, { kind }, 10)).length === 1);
  await world.order('clock', { advance: '6m' });
  await waitFor('the message', async () => (await sentTo(corp)).length === 1);
});
