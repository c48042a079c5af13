import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import type { State } from '../../sandbox/state/types';
import { waitFor } from '../support/wait-for';
import { authorize, open, phoneOf } from './rig/logins';
import { startRecordingApp, type RecordingApp } from './rig/recording-app';
import { startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let folder: string;
let corp: CorpView;
let moved: RecordingApp;
beforeEach(async () => {
  moved = await startRecordingApp();
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  rig = await startRig({ dataFile: join(folder, 'state.json') });
  corp = await rig.newCorp();
  await rig.sandbox.callbacksSettled();
});
afterEach(async () => {
  await rig.close();
  await moved.close();
  await rm(folder, { recursive: true });
});

/** The same sandbox after its process has ended and another one has begun. */
async function again<T>(appUrl: string, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  await rig.sandbox.close();
  const options = { appUrl, customAppUrl: rig.customApp.url, startAtMs: START_MS, tick: false, samples: false };
  const sandbox = await createSandbox({ ...options, dataFile: join(folder, 'state.json') });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

const seatsIn = (sandbox: Sandbox) => sandbox.truth(corp.corpId).members.flatMap(({ seats }) => seats);
const paidIn = (sandbox: Sandbox) => sandbox.state.callbacks.filter(({ type }) => type === 'license_pay_success');

describe('somebody who has just opened the app is activated', () => {
  beforeEach(async () => {
    await rig.advance('90d');
    await rig.buy(corp.corpId, { base: 1, months: 12 });
    await rig.control('auto-activation', { corpId: corp.corpId, on: true });
    const phone = await phoneOf(rig, corp.corpId, corp.members[0]?.userId ?? '');
    await open(rig, phone, 'workbench');
    await authorize(rig, phone);
  });

  test('after a restore, by itself', async () => {
    await rig.control('snapshot');
    await rig.control('restore');
    expect(seatsIn(rig.sandbox)).toEqual([]);
    await waitFor('the seat', () => seatsIn(rig.sandbox).length === 1);
  });

  test('after a restart, by itself', async () => {
    await again(rig.app.url, async (sandbox) => {
      expect(seatsIn(sandbox)).toEqual([]);
      await waitFor('the seat', () => seatsIn(sandbox).length === 1);
    });
  });
});

describe('a callback that was on its way', () => {
  /** Its app is silent, so that it has been tried once and is still on its way. */
  beforeEach(async () => {
    rig.app.answer = 'never';
    await rig.buy(corp.corpId, { base: 1, months: 12 });
    await waitFor('the first attempt', () => rig.app.of('license_pay_success').length === 1);
  });

  test('is sent after a restore, and what it was is logged once', async () => {
    await rig.control('snapshot');
    rig.app.answer = { status: 200, body: 'success' };
    await rig.control('restore');
    await rig.sandbox.callbacksSettled();
    const [first, second] = rig.app.of('license_pay_success');
    expect(second?.xml).toBe(first?.xml);
    expect(paidIn(rig.sandbox)).toMatchObject([{ state: 'delivered' }]);
    await rig.control('restore');
    await rig.sandbox.callbacksSettled();
    expect(rig.app.of('license_pay_success')).toHaveLength(3);
  });

  test('is sent after a restart, to where the app answers now, and never again', async () => {
    await again(moved.url, async (sandbox) => {
      await sandbox.callbacksSettled();
      expect(moved.of('license_pay_success')).toHaveLength(1);
      expect(paidIn(sandbox)).toMatchObject([{ state: 'delivered' }]);
    });
    await again(moved.url, (sandbox) => sandbox.callbacksSettled());
    expect(moved.of('license_pay_success')).toHaveLength(1);
  });
});

test('a callback is tried three times in all, those before a restore included', async () => {
  rig.app.answer = { status: 500, body: '' };
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await waitFor('two attempts', () => paidIn(rig.sandbox)[0]?.attempts.length === 2);
  await rig.control('snapshot');
  await rig.control('restore');
  await rig.sandbox.callbacksSettled();
  expect(paidIn(rig.sandbox)[0]).toMatchObject({ state: 'failed', attempts: { length: 3 } });
});

test('what a fault held back goes to where the app answers now', async () => {
  await rig.control('faults', { callback: '*', kind: 'delay', ms: 3_600_000, times: 1 });
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await again(moved.url, async (sandbox) => {
    sandbox.order('clock', { advance: '1h' });
    await sandbox.callbacksSettled();
  });
  expect(moved.of('license_pay_success')).toHaveLength(1);
});

test('a state that an older sandbox kept is taken up', async () => {
  await rig.sandbox.close();
  const file = join(folder, 'state.json');
  const { media: _media, mailUnderWay: _mail, corps, ...old } = JSON.parse(await readFile(file, 'utf8')) as State;
  const oldCorps = corps.map(({ contactRights: _rights, ...one }) => one);
  await writeFile(file, JSON.stringify({ ...old, corps: oldCorps }));
  await again(rig.app.url, (sandbox) => {
    expect(sandbox.state).toMatchObject({ media: [], mailUnderWay: [] });
    expect(sandbox.truth(corp.corpId).contactRights).toEqual({ granted: true, outsideUserIds: [] });
    return Promise.resolve();
  });
});

test('a snapshot lives on after a restart, under any name', async () => {
  const name = '../下单之前';
  await rig.control('snapshot', { name });
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await again(rig.app.url, (sandbox) => {
    expect(sandbox.truth(corp.corpId).orders).toHaveLength(1);
    sandbox.order('restore', { name });
    expect(sandbox.truth(corp.corpId).orders).toHaveLength(0);
    return Promise.resolve();
  });
});
