import { followEnds, planTrials } from '../../../server/jobs/plan-corps';
import { planOrders } from '../../../server/jobs/poll-order';
import { sweep } from '../../../server/jobs/sweep';
import { saveInstalledCorp, findCorp } from '../../../server/store/corps';
import { listJobs } from '../../../server/store/job-overview';
import { saveSeats } from '../../../server/store/seats';
import { CORP } from '../../support/licence-wecom';
import { DAY_MS, NOW_MS, startLicenceRig, type LicenceRig } from '../../support/licence-rig';

const MINUTE_MS = 60_000;

let rig: LicenceRig;
beforeEach(async () => {
  rig = await startLicenceRig();
});
afterEach(() => rig.stop());

const jobsOf = (kind: string) => listJobs(rig.deps.store.db, { kind }, 2000);
const giveUp = () =>
  rig.deps.store.db
    .updateTable('jobs')
    .set({ state: 'dead', finished_at_ms: rig.clock.now() })
    .where('state', '=', 'waiting')
    .execute();

async function installAlso(count: number): Promise<void> {
  const row = await findCorp(rig.deps.store.db, CORP);
  if (row === null) throw new Error('the rig has no corp');
  await rig.deps.store.transaction(async (trx) => {
    for (let n = 0; n < count; n += 1) await saveInstalledCorp(trx, { ...row, corp_id: `wpMore${n}` });
  });
}

test('a corp whose trial WeCom does not tell for hours has one job, which is begun anew after it was given up', async () => {
  for (let slot = 0; slot < 12; slot += 1) {
    await planTrials(rig.deps);
    rig.clock.advance(10 * MINUTE_MS);
  }
  expect(await jobsOf('refresh-trial')).toMatchObject([{ key: CORP, state: 'waiting' }]);
  await giveUp();
  rig.clock.advance(10 * MINUTE_MS);
  await planTrials(rig.deps);
  expect(await jobsOf('refresh-trial')).toMatchObject([{ key: CORP, state: 'waiting', attempts: 0 }]);
});

test('more corps than one slot takes, all failing, keep none from being asked about', async () => {
  await installAlso(520);
  await planTrials(rig.deps);
  expect(await jobsOf('refresh-trial')).toHaveLength(500);
  await giveUp();
  rig.clock.advance(10 * MINUTE_MS);
  await planTrials(rig.deps);
  expect(await jobsOf('refresh-trial')).toHaveLength(521);
});

test('an order whose polling was given up is polled again within the hour, also days later, and one that is polled is not', async () => {
  const { clock, deps } = rig;
  const nowMs = clock.now();
  await deps.store.db
    .insertInto('orders')
    .values({
      order_id: 'o1',
      corp_id: CORP,
      type: 1,
      status: 1,
      base_count: 1,
      external_contact_count: 0,
      months: 12,
      days: null,
      new_expire_at_ms: null,
      parent_order_id: null,
      price_fen: 1,
      created_at_ms: nowMs,
      paid_at_ms: nowMs,
      codes_state: 'generating',
      checked_at_ms: nowMs,
      followed_status: null,
    })
    .execute();
  await planOrders(deps);
  for (const afterMs of [61 * MINUTE_MS, DAY_MS, 29 * DAY_MS]) {
    await giveUp();
    await planOrders(deps);
    expect(await jobsOf('poll-order')).toMatchObject([{ state: 'dead' }]);
    clock.advance(afterMs);
    await sweep(deps);
    await planOrders(deps);
    await planOrders(deps);
    expect(await jobsOf('poll-order')).toMatchObject([{ state: 'waiting', attempts: 0, revision: expect.any(Number) }]);
  }
});

test('each end of a day is followed once, however soon after the last', async () => {
  const { clock, deps } = rig;
  const seat = {
    corp_id: CORP,
    type: 1,
    active_code: null,
    active_at_ms: null,
    moved_at_ms: null,
    source: 'api',
  } as const;
  await saveSeats(deps.store.db, [
    { ...seat, user_id: 'alice', expires_at_ms: NOW_MS, seen_at_ms: NOW_MS },
    { ...seat, user_id: 'bob', expires_at_ms: NOW_MS + MINUTE_MS, seen_at_ms: NOW_MS },
  ]);
  await followEnds(deps);
  await followEnds(deps);
  expect(await jobsOf('refresh-ended')).toHaveLength(1);
  clock.advance(MINUTE_MS);
  await followEnds(deps);
  await followEnds(deps);
  expect(await jobsOf('refresh-ended')).toHaveLength(2);
});
