import { isDeepStrictEqual } from 'node:util';
import { enqueueJob } from '../../server/jobs/queue';
import { compareLedger } from '../support/compare-ledger';
import { plain, readHistory, readReplay, readTables } from '../support/ledger-on-record';
import { waitFor } from '../support/wait-for';
import type { Stage } from './stage';

const WITHIN_MS = 60_000;
/** Longer than a callback or a job is put off at most. */
const LONGEST_PAUSE_SECONDS = 16 * 60;

/** Waits, moving the clock, until nothing is left to do: every callback and every job that is due has been dealt with. */
export async function untilAtRest(stage: Stage): Promise<void> {
  await stage.sandbox.callbacksSettled();
  await stage.jump(LONGEST_PAUSE_SECONDS);
  await waitFor('the work to be done', () => isAtRest(stage), WITHIN_MS);
}

async function isAtRest({ sandbox, store: { db } }: Stage): Promise<boolean> {
  const waiting = await db.selectFrom('inbox').select('event_key').where('state', '=', 'new').executeTakeFirst();
  const due = await db
    .selectFrom('jobs')
    .select('id')
    .where('state', '=', 'waiting')
    .where((eb) => eb.or([eb('run_at_ms', '<=', sandbox.clock.now()), eb('lease_token', 'is not', null)]))
    .executeTakeFirst();
  return waiting === undefined && due === undefined;
}

/** Reconciles both corps twice: then the ledger is WeCom's truth, and the second time found nothing to do. */
export async function judgeLedgers(stage: Stage): Promise<void> {
  await reconcile(stage);
  const entries = await countEntries(stage);
  await reconcile(stage);
  if (!isDeepStrictEqual(await countEntries(stage), entries)) stage.say('a second reconciliation changed something');
  for (const { corpId } of [stage.busy, stage.quiet]) {
    const tables = plain(await readTables(stage.store, corpId));
    compareLedger(stage.sandbox.truth(corpId), tables, { say: (text) => stage.say(`${corpId}: ${text}`) });
    if (!isDeepStrictEqual(plain(await readReplay(stage.store, corpId)), tables))
      stage.say(`${corpId}: the history does not replay to the tables`);
  }
}

function countEntries({ busy, quiet, store }: Stage): Promise<number[]> {
  return Promise.all([busy, quiet].map(async ({ corpId }) => (await readHistory(store, corpId)).length));
}

async function reconcile({ busy, quiet, sandbox, store: { db } }: Stage): Promise<void> {
  const key = `chaos/${sandbox.clock.now()}`;
  for (const { corpId } of [busy, quiet]) {
    const runAtMs = sandbox.clock.now();
    await enqueueJob(db, { kind: 'reconcile-corp', key: `${corpId}/${key}`, corpId, payload: { corpId }, runAtMs });
  }
  const left = () =>
    db
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', 'reconcile-corp')
      .where('state', '=', 'waiting')
      .where('run_at_ms', '<=', sandbox.clock.now())
      .executeTakeFirst();
  await waitFor('the reconciliation', async () => (await left()) === undefined, WITHIN_MS);
}
