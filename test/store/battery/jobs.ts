import { deleteJobsEndedBefore, listJobs } from '../../../server/store/job-overview';
import { claimJobs, endJobTurn, isJobWaiting, renewJobLease, saveJob, type HeldJob } from '../../../server/store/jobs';
import type { Store } from '../../../server/store/store';
import { buildJob } from './build-rows';
import type { Place } from './engine';

const LEASE_MS = 500;
const DONE = { state: 'done', run_at_ms: 0, attempts: 1, message: null, finished_at_ms: 2000 } as const;

let tokens = 0;
/** Claims for a holder of its own, as a worker does. */
function claim(store: Store, over: { nowMs?: number; machineMs?: number; background?: boolean; limit?: number } = {}) {
  const at = { nowMs: 1000, machineMs: 1000, background: false, limit: 10, ...over };
  return claimJobs(store, { ...at, leaseMs: LEASE_MS, leaseToken: `turn-${tokens++}` });
}

async function claimOne(store: Store, over: Parameters<typeof claim>[1] = {}): Promise<HeldJob> {
  const [held] = await claim(store, over);
  if (!held) throw new Error('nothing to claim');
  return held;
}

const keys = (rows: readonly { key: string }[]): string[] => rows.map(({ key }) => key).sort();

export function describeJobs({ other, store }: Place): void {
  describe('jobs', () => {
    test('a job asked for twice is there once, also after it ended; another key is another job', async () => {
      const { db } = store();
      expect(await saveJob(db, buildJob('a'), false)).toBe(true);
      expect(await saveJob(db, buildJob('a'), false)).toBe(false);
      expect(await saveJob(db, buildJob('b'), false)).toBe(true);
      await endJobTurn(db, await claimOne(store(), { limit: 1 }), DONE);
      await endJobTurn(db, await claimOne(store(), { limit: 1 }), DONE);
      expect(await saveJob(db, buildJob('a'), false)).toBe(false);
      expect(await claim(store())).toEqual([]);
      expect(await isJobWaiting(db, 'test')).toBe(false);
    });

    test('a job exists with the transaction that asked for it, and not without', async () => {
      const asking = store().transaction(async (trx) => {
        await saveJob(trx, buildJob('a'), false);
        throw new Error('something else went wrong');
      });
      await expect(asking).rejects.toThrow('something else');
      expect(await claim(store())).toEqual([]);
      await store().transaction((trx) => saveJob(trx, buildJob('a'), false));
      expect(keys(await claim(store()))).toEqual(['a']);
    });

    test('nothing goes out before its moment, and nothing twice until its lease ends', async () => {
      await saveJob(store().db, buildJob('now'), false);
      await saveJob(store().db, buildJob('later', { run_at_ms: 1001 }), false);
      expect(keys(await claim(store()))).toEqual(['now']);
      expect(await claim(store())).toEqual([]);
      const again = await claim(store(), { machineMs: 1000 + LEASE_MS });
      expect(again.map(({ attempts, key }) => ({ attempts, key }))).toEqual([{ attempts: 2, key: 'now' }]);
      expect(keys(await claim(store(), { nowMs: 1001 }))).toEqual(['later']);
    });

    test('one corp takes one place however much it has to do, and others come by', async () => {
      const { db } = store();
      for (let n = 0; n < 20; n++) await saveJob(db, buildJob(`big-${n}`, { corp_id: 'big', run_at_ms: n }), false);
      await saveJob(db, buildJob('small', { corp_id: 'small', run_at_ms: 900 }), false);
      const first = await claim(store(), { limit: 4 });
      expect(keys(first)).toEqual(['big-0', 'small']);
      expect(await claim(store(), { limit: 4 })).toEqual([]);
      for (const held of first) await endJobTurn(db, held, DONE);
      expect(keys(await claim(store(), { limit: 4 }))).toEqual(['big-1']);
    });

    test('jobs of one kind without a corp run one after the other; background work has its own places', async () => {
      const { db } = store();
      for (const key of ['a', 'b']) await saveJob(db, buildJob(key, { corp_id: null }), false);
      await saveJob(db, buildJob('slow', { background: 1 }), false);
      expect(keys(await claim(store()))).toEqual(['a']);
      expect(keys(await claim(store(), { background: true }))).toEqual(['slow']);
      expect(await claim(store())).toEqual([]);
    });

    test('a turn that lost its lease can neither renew nor end anything, and the one that took over can', async () => {
      const { db } = store();
      await saveJob(db, buildJob('a'), false);
      const lost = await claimOne(store());
      expect(await renewJobLease(db, lost, 5000)).toBe(true);
      const taken = await claimOne(store(), { machineMs: 5000 });
      expect(await renewJobLease(db, lost, 9000)).toBe(false);
      expect(await endJobTurn(db, lost, DONE)).toBe(false);
      expect(await endJobTurn(db, taken, DONE)).toBe(true);
      expect(await listJobs(db, { state: 'done' }, 10)).toHaveLength(1);
    });

    test('asked for again while it runs, a job runs once more; asked for again after its end, too', async () => {
      const { db } = store();
      await saveJob(db, buildJob('a'), true);
      const turn = await claimOne(store());
      await saveJob(db, buildJob('a', { payload_json: '{"new":1}' }), true);
      await saveJob(db, buildJob('a', { payload_json: '{"new":2}' }), true);
      expect(await claim(store())).toEqual([]);
      expect(await endJobTurn(db, turn, DONE)).toBe(true);
      const [second] = await claim(store());
      expect(second).toMatchObject({ payload_json: '{"new":2}', attempts: 1 });
      if (second) await endJobTurn(db, second, DONE);
      expect(await claim(store())).toEqual([]);
      await saveJob(db, buildJob('a'), true);
      expect(await claim(store())).toHaveLength(1);
    });

    test('asked for again only where it ended before a moment, one that waits or ended later stays as it is', async () => {
      const { db } = store();
      const again = (endedBeforeMs: number) => saveJob(db, buildJob('a', { run_at_ms: 7 }), { endedBeforeMs });
      expect(await again(0)).toBe(true);
      expect(await again(9000)).toBe(false);
      await endJobTurn(db, await claimOne(store()), { ...DONE, state: 'dead' });
      expect(await again(2000)).toBe(false);
      expect(await again(2001)).toBe(true);
      expect(await claimOne(store())).toMatchObject({ run_at_ms: 7, attempts: 1 });
    });

    test('asked for again while it waits, a job keeps the earlier of the two moments', async () => {
      const { db } = store();
      await saveJob(db, buildJob('a', { run_at_ms: 5000 }), true);
      await saveJob(db, buildJob('a', { run_at_ms: 9000 }), true);
      expect(await claim(store(), { nowMs: 4999 })).toEqual([]);
      await saveJob(db, buildJob('a', { run_at_ms: 3000 }), true);
      expect(await claim(store(), { nowMs: 3000 })).toHaveLength(1);
    });

    test('instances that claim at once never get the same job, nor two jobs of one corp', async () => {
      const { db } = store();
      for (let n = 0; n < 60; n++) await saveJob(db, buildJob(`job-${n}`, { corp_id: `corp-${n % 30}` }), false);
      const second = await other();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => claim(index % 2 ? store() : second, { limit: 5 })),
      );
      const corps = claims.flat().map((row) => row.corp_id);
      expect(new Set(corps).size).toBe(corps.length);
      expect(corps.length).toBeGreaterThan(0);
      await second.close();
    });

    test('an ended job stays known until it is forgotten; one that waits is never forgotten', async () => {
      const { db } = store();
      await saveJob(db, buildJob('ended'), false);
      await endJobTurn(db, await claimOne(store()), DONE);
      await saveJob(db, buildJob('waits'), false);
      await deleteJobsEndedBefore(db, 'done', 2000);
      expect(await listJobs(db, {}, 10)).toHaveLength(2);
      await deleteJobsEndedBefore(db, 'done', 2001);
      expect(keys(await listJobs(db, {}, 10))).toEqual(['waits']);
    });
  });
}
