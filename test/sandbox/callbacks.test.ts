import { createSandbox } from '../../sandbox/create-sandbox';
import { startRecordingApp } from './rig/recording-app';
import { startRig, THIRD_PARTY_SUITE, type Rig } from './rig/sandbox-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

test('command, data and system callbacks go to their addresses in the name they promise', async () => {
  const corp = await rig.newCorp();
  await rig.buy(corp.corpId, { base: 4, months: 12 });
  await rig.control('members', { corpId: corp.corpId, userId: corp.members[0]?.userId, action: 'hide' });
  await rig.sandbox.callbacksSettled();

  const [created] = rig.app.of('create_auth');
  expect(created).toMatchObject({ channel: 'command', receiveId: THIRD_PARTY_SUITE.suiteId });
  expect(created?.toUserName).toBe(THIRD_PARTY_SUITE.suiteId);
  const [hidden] = rig.app.of('unsubscribe');
  expect(hidden).toMatchObject({ channel: 'data', receiveId: corp.corpId, path: `/wecom/data?corpid=${corp.corpId}` });
  expect(hidden?.fields).toMatchObject({ AgentID: String(corp.agentId), FromUserName: corp.members[0]?.userId });
  const [paid] = rig.app.of('license_pay_success');
  expect(paid).toMatchObject({ channel: 'system', receiveId: THIRD_PARTY_SUITE.provider.corpId });
  expect(paid?.fields).not.toHaveProperty('SuiteId');
});

test('an answer other than 200 success is asked for three times in all', async () => {
  rig.app.answer = { status: 200, body: '{"ok":true}' };
  await rig.newCorp();
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('create_auth')).toHaveLength(3);
  const [record] = rig.sandbox.state.callbacks;
  expect(record).toMatchObject({ type: 'create_auth', state: 'failed' });
  expect(record?.attempts.map((attempt) => attempt.error)).toEqual(Array(3).fill('the answer is not "success"'));
  expect(new Set(rig.app.received.map((one) => one.xml)).size).toBe(1);
});

test('an app that comes round is not asked again', async () => {
  rig.app.answer = { status: 500, body: '' };
  await rig.newCorp();
  await until(() => rig.app.received.length === 1);
  rig.app.answer = { status: 200, body: 'success' };
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('create_auth')).toHaveLength(2);
  expect(rig.sandbox.state.callbacks[0]).toMatchObject({ state: 'delivered' });
});

test('data callbacks take an empty 200, command callbacks do not', async () => {
  const corp = await rig.newCorp();
  await rig.sandbox.callbacksSettled();
  rig.app.answer = { status: 200, body: '' };
  await rig.control('members', { corpId: corp.corpId, userId: corp.members[0]?.userId, action: 'hide' });
  await rig.sandbox.callbacksSettled();
  const states = Object.fromEntries(rig.sandbox.state.callbacks.map((record) => [record.type, record.state]));
  expect(states).toMatchObject({ unsubscribe: 'delivered', change_auth: 'failed' });
});

test('a silent app is left after 5 seconds', async () => {
  rig.app.answer = 'never';
  await rig.newCorp();
  await until(() => rig.sandbox.state.callbacks[0]?.attempts.length === 1);
  const [attempt] = rig.sandbox.state.callbacks[0]?.attempts ?? [];
  expect(attempt).toMatchObject({ status: null, error: 'no answer within 5 s' });
  expect(attempt?.ms).toBeGreaterThanOrEqual(4900);
}, 20_000);

test('the console checks each address by GET in the name of the provider', async () => {
  const { checks } = await rig.control<{ checks: { ok: boolean }[] }>('verify-urls');
  expect(checks.map((check) => check.ok)).toEqual(Array(6).fill(true));
});

test('an app that starts late, or over, hears of every installation', async () => {
  const corp = await rig.newCorp();
  const removed = await rig.newCorp();
  await rig.control('uninstall', { corpId: removed.corpId });
  await rig.sandbox.callbacksSettled();
  rig.app.received.length = 0;

  await rig.control('redeliver');
  await until(() => rig.app.of('create_auth').length === 1 && rig.app.of('cancel_auth').length === 1);
  expect(rig.app.received[0]?.fields.InfoType).toBe('suite_ticket');
  const authCode = String(rig.app.of('create_auth')[0]?.fields.AuthCode);
  const query = { suite_access_token: await rig.suiteToken() };
  const answer = await rig.wire('service/v2/get_permanent_code', query, { auth_code: authCode });
  expect(answer).toMatchObject({ errcode: 0, auth_corp_info: { corpid: corp.corpId } });
  expect(rig.app.of('cancel_auth')[0]?.fields.AuthCorpId).toBe(removed.corpId);
});

test('a running sandbox knocks until the app is up: first the ticket, then every sample', async () => {
  const port = Number(new URL(rig.app.url).port);
  await rig.app.close();
  const sandbox = await createSandbox({ appUrl: rig.app.url, customAppUrl: rig.customApp.url });
  try {
    await until(() =>
      sandbox.state.callbacks.some((record) => record.url.includes(`:${port}/`) && record.state === 'failed'),
    );
    const app = await startRecordingApp(THIRD_PARTY_SUITE, port);
    await until(() => app.of('create_auth').length === 9 && app.of('cancel_auth').length === 1);
    expect(app.received[0]?.fields.InfoType).toBe('suite_ticket');
    await sandbox.callbacksSettled();
    expect(app.of('create_auth')).toHaveLength(9);
    await app.close();
  } finally {
    await sandbox.close();
  }
}, 20_000);

test('an installation that was made while the app was down is told once it is up', async () => {
  const port = Number(new URL(rig.app.url).port);
  await rig.app.close();
  const sandbox = await createSandbox({ appUrl: rig.app.url, customAppUrl: rig.customApp.url, samples: false });
  try {
    const { corpId } = sandbox.order<{ corpId: string }>('corps', { name: '企业', members: ['成员'] });
    sandbox.order('install', { corpId });
    const isOurs = (record: { type: string; corpId: string | null }) =>
      record.type === 'create_auth' && record.corpId === corpId;
    await until(() => sandbox.state.callbacks.some((record) => isOurs(record) && record.state === 'failed'));
    const app = await startRecordingApp(THIRD_PARTY_SUITE, port);
    await until(() => app.of('create_auth').length === 1);
    await app.close();
  } finally {
    await sandbox.close();
  }
}, 20_000);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
