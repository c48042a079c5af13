import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../../../server/deps';
import { AppError } from '../../../server/errors';
import { createEventBus } from '../../../server/events';
import { randomIds } from '../../../server/ids';
import type { Job } from '../../../server/jobs/job';
import { QUEUE } from '../../../server/jobs/queue';
import { keepSchedule } from '../../../server/jobs/schedule';
import { everyMinutes } from '../../../server/jobs/slots';
import { createWorker } from '../../../server/jobs/worker';
import { createLog } from '../../../server/log';
import { createMetrics } from '../../../server/metrics';
import { listJobs } from '../../../server/store/job-overview';
import { claimJobs, saveJob } from '../../../server/store/jobs';
import { openStore } from '../../../server/store/store';
import { buildJob } from '../../store/battery/build-rows';
import { settableClock } from '../../support/app';
import { waitFor } from '../../support/wait-for';

const START_MS = Date.parse('2026-11-24T10:00:00+08:00');
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** An instance's Deps on a store of its own, as far as the queue uses them. */
async function buildDeps() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-worker-'));
  const store = await openStore(folder);
  cleanUps.push(() => rm(folder, { recursive: true, force: true }), store.close);
  const lines: string[] = [];
  const clock = settableClock(START_MS);
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const parts = { wecom: {}, clock, store, log, ids: randomIds, metrics: createMetrics(), events: createEventBus() };
  const deps = { ...parts, config: { utcOffsetMinutes: 480 } } as unknown as Deps;
  const rowOf = async (key: string) => (await listJobs(store.db, {}, 100)).find((row) => row.key === key);
  return { deps, clock, store, lines, rowOf };
}

function startWorker(deps: Deps, run: Job['run'], leaseMs?: number) {
  const worker = createWorker(deps, [{ kind: 'test', payload: z.object({}), run }], leaseMs ? { leaseMs } : {});
  cleanUps.push(worker.stop);
  worker.start();
  return worker;
}

const due = (key: string) => buildJob(key, { run_at_ms: START_MS });

test('a job that fails is tried again later, each time after a longer while, until it succeeds', async () => {
  const { clock, deps, rowOf, store } = await buildDeps();
  let attempts = 0;
  await saveJob(store.db, due('a'), false);
  startWorker(deps, async () => {
    attempts += 1;
    if (attempts < 3) throw new AppError('wecom.timeout');
  });
  const first = await waitFor('the first failure', async () => {
    const row = await rowOf('a');
    return row?.message ? row : null;
  });
  expect(first).toMatchObject({ state: 'waiting', attempts: 1, message: 'wecom.timeout', lease_until_ms: 0 });
  expect(first.run_at_ms - START_MS).toBeGreaterThanOrEqual(1000);
  expect(first.run_at_ms - START_MS).toBeLessThanOrEqual(2000);
  deps.events.jobDue(QUEUE);
  expect(attempts).toBe(1);
  for (let hour = 1; attempts < 3; hour++) {
    clock.advance(3_600_000);
    deps.events.jobDue(QUEUE);
    await waitFor('another attempt', () => attempts > hour);
  }
  await waitFor('the end', async () => (await rowOf('a'))?.state === 'done');
  expect(await deps.metrics.text()).toContain('gate_jobs_total{job="test",outcome="failed"} 2');
});

test('what is wrong with the job itself is given up at once, and its neighbour is done', async () => {
  const { deps, lines, rowOf, store } = await buildDeps();
  await saveJob(store.db, { ...due('broken'), payload_json: '"no object"' }, false);
  await saveJob(store.db, { ...due('cut'), payload_json: '{"half' }, false);
  await saveJob(store.db, due('sound'), false);
  startWorker(deps, async () => undefined);
  await waitFor('all three', async () => {
    const states = await Promise.all(['broken', 'cut', 'sound'].map(async (key) => (await rowOf(key))?.state));
    return states.join() === 'dead,dead,done';
  });
  expect(lines.join('')).toContain('job given up');
});

test('a job that wants another turn gets it at its moment, as often as it says so', async () => {
  const { clock, deps, rowOf, store } = await buildDeps();
  let turns = 0;
  await saveJob(store.db, due('poll'), false);
  startWorker(deps, async () => {
    turns += 1;
    return turns < 30 ? { againAtMs: clock.now() + 60_000 } : undefined;
  });
  for (let seen = 1; seen < 30; seen++) {
    await waitFor('a turn', async () => turns === seen && (await rowOf('poll'))?.lease_until_ms === 0);
    clock.advance(60_000);
    deps.events.jobDue(QUEUE);
  }
  await waitFor('the end', async () => (await rowOf('poll'))?.state === 'done');
  expect(turns).toBe(30);
});

test('a stopping worker gives its jobs back, and the next one does them without counting the attempt', async () => {
  const { deps, rowOf, store } = await buildDeps();
  const begun: AbortSignal[] = [];
  await saveJob(store.db, due('long'), false);
  const first = startWorker(deps, (_deps, _payload, signal) => {
    begun.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  });
  await waitFor('the start', () => begun.length === 1);
  await first.stop();
  expect(await rowOf('long')).toMatchObject({ state: 'waiting', attempts: 0, lease_until_ms: 0 });
  startWorker(deps, async () => undefined);
  await waitFor('the end', async () => (await rowOf('long'))?.state === 'done');
});

test('a worker that was frozen is told that its job was taken over, and its effects are undone', async () => {
  const { deps, lines, rowOf, store } = await buildDeps();
  let went: (() => void) | undefined;
  await saveJob(store.db, due('slow'), false);
  const told: AbortSignal[] = [];
  startWorker(
    deps,
    async (_deps, _payload, signal, turn) => {
      told.push(signal);
      await new Promise<void>((resolve) => (went = resolve));
      await store.transaction(async (trx) => {
        await sql`update jobs set message = 'an effect' where key = 'slow'`.execute(trx);
        await turn.finish(trx);
      });
    },
    600,
  );
  await waitFor('the start', () => told.length === 1);
  const another = { nowMs: START_MS, machineMs: START_MS * 2, leaseMs: 60_000, leaseToken: 'another' };
  expect(await claimJobs(store, { ...another, background: false, limit: 1 })).toHaveLength(1);
  await waitFor('the news', () => told[0]?.aborted);
  went?.();
  await waitFor('the log', () => lines.some((line) => line.includes('taken over')));
  expect(await rowOf('slow')).toMatchObject({ state: 'waiting', lease_token: 'another', message: null });
});

test('a lease is renewed while its job runs, so a job may take longer than a lease', async () => {
  const { deps, rowOf, store } = await buildDeps();
  let go: (() => void) | undefined;
  let runs = 0;
  await saveJob(store.db, due('long'), false);
  const run = (): Promise<void> => {
    runs += 1;
    return new Promise((resolve) => (go = resolve));
  };
  startWorker(deps, run, 300);
  startWorker(deps, run, 300);
  await waitFor('the start', () => runs === 1);
  const leaseAt = async () => (await rowOf('long'))?.lease_until_ms ?? 0;
  const begunWith = await leaseAt();
  await waitFor('three leases on', async () => (await leaseAt()) > begunWith + 900);
  go?.();
  await waitFor('the end', async () => (await rowOf('long'))?.state === 'done');
  expect(runs).toBe(1);
});

test('whose lease is over is told by the store’s time, however wrong this machine’s clock is', async () => {
  const { deps, rowOf, store } = await buildDeps();
  let storeMs = START_MS / 2;
  let runs = 0;
  await saveJob(store.db, due('held'), false);
  const another = { nowMs: START_MS, machineMs: storeMs, leaseMs: 60_000, leaseToken: 'another', background: false };
  expect(await claimJobs(store, { ...another, limit: 1 })).toHaveLength(1);
  await saveJob(store.db, due('free'), false);
  startWorker({ ...deps, store: { ...store, machineMs: async () => storeMs } }, async () => void (runs += 1));
  await waitFor('the free one', async () => (await rowOf('free'))?.state === 'done');
  expect(await rowOf('held')).toMatchObject({ lease_token: 'another', state: 'waiting' });
  storeMs += 60_000;
  deps.events.jobDue(QUEUE);
  await waitFor('the other', async () => (await rowOf('held'))?.state === 'done');
  expect(runs).toBe(2);
});

describe('a schedule', () => {
  const SLOTS = [{ kind: 'sweep', slots: everyMinutes(10) }] as const;
  const keysOf = async (deps: Deps) => (await listJobs(deps.store.db, { kind: 'sweep' }, 100)).map(({ key }) => key);
  const signal = new AbortController().signal;

  test('two instances ask for each slot once, and once more only in the next slot', async () => {
    const { clock, deps, store } = await buildDeps();
    const [one, two] = [keepSchedule(SLOTS), keepSchedule(SLOTS)];
    for (let minute = 0; minute < 30; minute++) {
      await Promise.all([one.run(deps, signal), two.run(deps, signal)]);
      await store.db.updateTable('jobs').set({ state: 'done', finished_at_ms: clock.now() }).execute();
      clock.advance(60_000);
    }
    expect((await keysOf(deps)).sort()).toEqual([
      '2026-11-24T02:00:00.000Z',
      '2026-11-24T02:10:00.000Z',
      '2026-11-24T02:20:00.000Z',
    ]);
  });

  test('after a jump of a year the job runs once; a slot whose job has not ended is not piled upon', async () => {
    const { clock, deps } = await buildDeps();
    const round = keepSchedule(SLOTS);
    clock.advance(366 * 86_400_000);
    await round.run(deps, signal);
    expect(await keysOf(deps)).toHaveLength(1);
    clock.advance(3_600_000);
    await round.run(deps, signal);
    expect(await keysOf(deps)).toHaveLength(1);
    await deps.store.db.updateTable('jobs').set({ state: 'done', finished_at_ms: clock.now() }).execute();
    await round.run(deps, signal);
    expect(await keysOf(deps)).toHaveLength(2);
  });
});
