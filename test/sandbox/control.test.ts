import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../../sandbox/create-sandbox';
import { DAY_MS, startRig, START_MS, type Rig } from './rig/sandbox-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

test.each([
  ['clock', { now: 'yesterday' }, 'ISO 8601'],
  ['clock', { advance: 'soon' }, 'advance is like'],
  ['clock', { now: START_MS - 1 }, 'only runs forward'],
  ['clock', {}, 'either now or advance'],
  ['corps', { name: '' }, 'name'],
  ['corps', { name: 'x', typo: 1 }, 'typo'],
  ['members', { corpId: 'wpNobody', name: 'x' }, 'no corp wpNobody'],
  ['phones', { corpId: 'wpNobody' }, 'userId (with corpId) or outsider'],
  ['faults', { endpoint: 'license', kind: 'down' }, 'a path like'],
  ['faults', { endpoint: '*', kind: 'errcode' }, 'needs errcode'],
  ['orders/OInone/pay', {}, 'no order OInone'],
  ['restore', { name: 'never' }, 'no snapshot never'],
  ['settings', { interception: 'maybe' }, 'interception'],
])('POST %s with %j is refused clearly', async (path, body, words) => {
  const answer = await rig.refused(path, body);
  expect([400, 404]).toContain(answer.status);
  expect(answer.body.error.message).toContain(words);
});

test("WeCom's rules hold at the console too, and keep their errcode", async () => {
  const corp = await rig.newCorp();
  const answer = await rig.refused('auto-activation', { corpId: corp.corpId, on: true });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'control.wecom', errcode: 701071 } } });
});

test('time is told in milliseconds and moved by spans', async () => {
  expect((await rig.fetchJson('/sandbox/clock')).body).toEqual({ now: START_MS });
  expect(await rig.advance('7d')).toEqual({ now: START_MS + 7 * DAY_MS });
  expect(await rig.advance('1y')).toEqual({ now: START_MS + 372 * DAY_MS });
  expect(await rig.control('clock', { now: '2028-01-01T00:00:00+08:00' })).toEqual({ now: Date.UTC(2027, 11, 31, 16) });
});

test('listeners hear the time at once and at every jump', async () => {
  const stream = await fetch(`${rig.sandbox.origin}/sandbox/clock/stream`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect((await reader?.read())?.value).toBe(`data: {"now":${START_MS}}\n\n`);
  await rig.advance('3h');
  expect((await reader?.read())?.value).toBe(`data: {"now":${START_MS + 3 * 3_600_000}}\n\n`);
  await reader?.cancel();
});

test('a skew is in every time that is told, and listeners hear of it at once', async () => {
  const stream = await fetch(`${rig.sandbox.origin}/sandbox/clock/stream`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  await rig.control('settings', { clockSkewMs: 90_000 });
  expect((await reader?.read())?.value).toBe(`data: {"now":${START_MS + 90_000}}\n\n`);
  await reader?.cancel();
  expect((await rig.fetchJson('/sandbox/clock')).body).toEqual({ now: START_MS + 90_000 });
  expect(await rig.advance('1h')).toEqual({ now: START_MS + 3_690_000 });
  expect(rig.sandbox.state.settings.clockSkewMs).toBe(90_000);
  await rig.control('snapshot');
  expect(await rig.control('restore')).toEqual({ now: START_MS + 3_690_000 });
  expect(await rig.control('reset')).toEqual({ now: START_MS });
});

test('a jump over a year lives through it in order and pushes one ticket, the newest', async () => {
  const corp = await rig.newCorp();
  await rig.control('suite-ticket');
  const orderId = await rig.buy(corp.corpId, { base: 1, months: 12 }, { generateSeconds: 3600 });
  await rig.sandbox.callbacksSettled();
  const before = rig.app.of('suite_ticket').length;
  await rig.advance('1y');
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('suite_ticket')).toHaveLength(before + 1);
  const [paid] = rig.app.of('license_pay_success');
  expect(paid?.fields).toMatchObject({ OrderId: orderId, TimeStamp: String(START_MS / 1000 + 3600) });
});

test('a snapshot brings everything back, time included', async () => {
  const corp = await rig.newCorp();
  await rig.control('snapshot', { name: 'before' });
  await rig.advance('100d');
  await rig.control('uninstall', { corpId: corp.corpId });
  await rig.control('restore', { name: 'before' });
  expect((await rig.fetchJson('/sandbox/clock')).body).toEqual({ now: START_MS });
  expect(await rig.corpOf(corp.corpId)).toEqual(corp);
});

test('reset forgets all corps but the samples', async () => {
  await rig.newCorp();
  await rig.control('reset');
  expect(rig.sandbox.state.corps).toEqual([]);
});

test('the console tells the callbacks that follow from what people do', async () => {
  const corp = await rig.newCorp();
  const [first, second] = corp.members.map((member) => member.userId);
  const act = (userId: string | undefined, action: string) =>
    rig.control('members', { corpId: corp.corpId, userId, action });
  await act(first, 'hide');
  await act(first, 'show');
  await act(first, 'admin');
  await act(second, 'leave');
  await rig.control('members', { corpId: corp.corpId, name: '成员五' });
  await rig.sandbox.callbacksSettled();
  const seen = rig.app.received.map(({ fields }) => fields.ChangeType ?? fields.Event ?? fields.InfoType).sort();
  expect(seen).toEqual(
    [
      ...['create_auth', 'change_auth', 'unsubscribe', 'change_auth', 'subscribe'],
      ...['change_app_admin', 'delete_user', 'create_user'],
    ].sort(),
  );
});

test('a custom app hears of the address book at its data URL', async () => {
  const corp = await rig.newCorp({ kind: 'custom' });
  await rig.control('members', { corpId: corp.corpId, userId: corp.members[0]?.userId, action: 'leave' });
  await rig.sandbox.callbacksSettled();
  const [change] = rig.customApp.of('change_contact');
  expect(change).toMatchObject({ channel: 'data', receiveId: corp.corpId });
  expect(change?.fields).toMatchObject({ ChangeType: 'delete_user', UserID: corp.members[0]?.userId });
});

test('a kept state comes back after a restart and tells the app again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const options = { appUrl: rig.app.url, dataFile: join(folder, 'state.json'), startAtMs: START_MS, tick: false };
  const first = await createSandbox({ ...options, samples: true });
  await fetch(`${first.origin}/sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance: '5d' }) });
  const corps = first.state.corps.map((corp) => corp.corpId);
  await first.close();
  const second = await createSandbox(options);
  try {
    expect(second.state.corps.map((corp) => corp.corpId)).toEqual(corps);
    expect(second.clock.now()).toBe(START_MS + 5 * DAY_MS);
  } finally {
    await second.close();
    await rm(folder, { recursive: true });
  }
});
