import { planOrders } from '../../server/jobs/poll-order';
import { followEnds, planReconciliation, planTrials } from '../../server/jobs/plan-corps';
import { runJobNow } from '../../server/jobs/queue';
import { watchSuiteTicket } from '../../server/jobs/watch-suite-ticket';
import { listJobs } from '../../server/store/job-overview';
import { reconcileCorp } from '../../server/licences/reconcile';
import { findCorpLicence } from '../../server/store/corp-licences';
import { listOrders } from '../../server/store/orders';
import type { JobsTable } from '../../server/store/schema';
import { waitFor } from '../support/wait-for';
import { startWorld, type SandboxCorp, type World } from '../support/world';

/** The jobs against the sandbox, in the server that runs them. */

let world: World;
let corp: SandboxCorp;
beforeEach(async () => {
  world = await startWorld();
  corp = await world.corp();
});
afterEach(() => world.close());

const jobsOf = (kind: string): Promise<JobsTable[]> => listJobs(world.deps.store.db, { kind }, 100);

test('a paid order whose callback was lost is found, and followed until its codes are there', async () => {
  await world.order('faults', {
    endpoint: '/cgi-bin/license/list_order_account',
    kind: 'errcode',
    errcode: 701022,
    times: 3,
  });
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 2, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  await world.settled();
  const order = async () =>
    (await listOrders(world.deps.store.db, corp.corpId)).find((one) => one.order_id === orderId);
  await waitFor('the order', async () => (await order()) !== undefined);
  await planOrders(world.deps);
  await waitFor('the codes', async () => {
    await world.order('clock', { advance: '30s' });
    return (await order())?.codes_state === 'ready';
  });
  await waitFor('the end of the polling', async () =>
    (await jobsOf('poll-order')).every(({ state }) => state === 'done'),
  );
});

test('a corp nobody has opened yet is read by the schedule, and again half a day later', async () => {
  const readAt = async () => (await findCorpLicence(world.deps.store.db, corp.corpId))?.licence_checked_at_ms ?? 0;
  await planTrials(world.deps);
  await world.order('clock', { advance: '10m' });
  const first = await waitFor('the trial', readAt);
  await world.order('clock', { advance: '13h' });
  await planTrials(world.deps);
  await world.order('clock', { advance: '10m' });
  await waitFor('the second reading', async () => (await readAt()) > first);
});

test('each corp is reconciled once a night, at its own time between one and six', async () => {
  const others = await Promise.all([1, 2, 3].map(() => world.corp()));
  const now = new Date(world.deps.clock.now() + 8 * 3_600_000);
  const tonight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - 8 * 3_600_000;
  await world.order('clock', { now: tonight + 3_600_000 });
  await planReconciliation(world.deps);
  await planReconciliation(world.deps);
  const jobs = (await jobsOf('reconcile-corp')).filter(({ run_at_ms }) => run_at_ms >= tonight);
  expect(new Set(jobs.map(({ corp_id }) => corp_id)).size).toBe(others.length + 1);
  expect(jobs).toHaveLength(others.length + 1);
  for (const { run_at_ms } of jobs) {
    expect(run_at_ms).toBeGreaterThanOrEqual(tonight + 3_600_000);
    expect(run_at_ms).toBeLessThan(tonight + 6 * 3_600_000);
  }
  await world.order('clock', { now: tonight + 6 * 3_600_000 });
  await waitFor('every corp', async () =>
    (await jobsOf('reconcile-corp'))
      .filter(({ run_at_ms }) => run_at_ms >= tonight)
      .every(({ state }) => state === 'done'),
  );
});

test('an operator runs a job now; the same kind for another corp is another job', async () => {
  const key = await runJobNow(world.deps, 'reconcile-corp', { corpId: corp.corpId });
  await waitFor('the job', async () =>
    (await jobsOf('reconcile-corp')).some((job) => job.key === key && job.state === 'done'),
  );
  expect(await findCorpLicence(world.deps.store.db, corp.corpId)).toMatchObject({ checking: 1 });
  await runJobNow(world.deps, 'reconcile-corp', { corpId: 'wpNobody' });
  await waitFor('the other', async () => (await jobsOf('reconcile-corp')).every((job) => job.state === 'done'));
});

test('no suite_ticket for over half an hour is an alarm, a fresh one is none', async () => {
  await watchSuiteTicket(world.deps);
  expect(world.logs()).not.toContain('no suite_ticket for too long');
  const { db } = world.deps.store;
  const tokens = await db.selectFrom('tokens').selectAll().execute();
  const ticket = tokens.find(({ key }) => key.includes('ticket'));
  expect(ticket).toBeDefined();
  await db
    .updateTable('tokens')
    .set({ expires_at_ms: (ticket?.expires_at_ms ?? 0) - 31 * 60_000 })
    .where('key', '=', ticket?.key ?? '')
    .execute();
  await watchSuiteTicket(world.deps);
  expect(world.logs()).toContain('no suite_ticket for too long');
});

test('what ended is asked about once that day, and nothing where nothing ended', async () => {
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 1, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  await world.settled();
  await world.order('seats', { corpId: corp.corpId, userId: corp.members[0]?.userId, type: 1 });
  await reconcileCorp(world.deps, corp.corpId, new AbortController().signal);
  await followEnds(world.deps);
  expect(await jobsOf('refresh-ended')).toEqual([]);
  await world.order('clock', { advance: '372d' });
  await world.order('clock', { advance: '1m' });
  await followEnds(world.deps);
  await followEnds(world.deps);
  expect((await jobsOf('refresh-ended')).map((job) => job.corp_id)).toEqual([corp.corpId]);
});
