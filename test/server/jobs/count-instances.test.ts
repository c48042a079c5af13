import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Deps } from '../../../server/deps';
import { createEventBus } from '../../../server/events';
import { countInstances, leaveInstances } from '../../../server/jobs/count-instances';
import { createLiveInstances } from '../../../server/live-instances';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';
import { openStore, type Store } from '../../../server/store/store';
import { settableClock } from '../../support/app';

let folder: string;
let store: Store;
const machine = settableClock();
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gate-instances-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** An instance's part in the counting, without the instance; its turns come when the test says so. */
function start(id: string) {
  const parts = { store, events: createEventBus(), metrics: createMetrics(), log: createLog('silent') };
  const deps = { ...parts, instances: createLiveInstances(id) } as unknown as Deps;
  const told: string[] = [];
  deps.events.onJobDue((job) => void told.push(job));
  const round = countInstances(machine);
  return {
    told,
    count: deps.instances.count,
    beat: () => round.run(deps, new AbortController().signal),
    leave: () => leaveInstances(deps),
    metrics: deps.metrics,
    everyMs: round.everyMs,
    name: round.name,
  };
}

test('each counts all that live, and tells the others once when it joins', async () => {
  const [one, other] = [start('one'), start('other')];
  await one.beat();
  expect(one.count()).toBe(1);
  await other.beat();
  await one.beat();
  expect([one.count(), other.count()]).toEqual([2, 2]);
  expect(await one.metrics.text()).toContain('gate_instances 2');
  expect([one.told, other.told]).toEqual([[one.name], [other.name]]);
});

test('one that stops is not counted from then on, and tells the others', async () => {
  const [one, other] = [start('one'), start('other')];
  await one.beat();
  await other.beat();
  await one.leave();
  await other.beat();
  expect(other.count()).toBe(1);
  expect(one.told).toEqual([one.name, one.name]);
});

test('one that is killed is counted for two missed beats and no longer; one that was only slow comes back', async () => {
  const [one, silent] = [start('one'), start('silent')];
  await silent.beat();
  for (const expected of [2, 2, 2, 1]) {
    machine.advance(one.everyMs);
    await one.beat();
    expect(one.count()).toBe(expected);
  }
  await silent.beat();
  await one.beat();
  expect([one.count(), silent.count()]).toEqual([2, 2]);
});

test('while the store is away the last count stands, and stopping fails nothing', async () => {
  const [one, other] = [start('one'), start('other')];
  await other.beat();
  await one.beat();
  await store.close();
  await expect(one.beat()).rejects.toThrow();
  await one.leave();
  expect(one.count()).toBe(2);
});

test('rows of the long dead are swept by the next that joins', async () => {
  await start('killed').beat();
  machine.advance(2 * 3_600_000);
  await start('one').beat();
  const rows = await store.db.selectFrom('instances').select('id').execute();
  expect(rows).toEqual([{ id: 'one' }]);
});
