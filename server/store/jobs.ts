import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database, JobsTable } from './schema';
import type { Store } from './store';

type Db = Kysely<Database>;

/** What asks for a job; the rest of its row is bookkeeping. */
export type NewJobRow = Pick<JobsTable, 'kind' | 'key' | 'corp_id' | 'background' | 'payload_json' | 'run_at_ms'>;

/** The one turn that holds a job. */
export type HeldJob = Pick<JobsTable, 'id' | 'revision'> & { readonly lease_token: string };

/** How a turn leaves its job. */
export type JobEnding = Pick<JobsTable, 'state' | 'run_at_ms' | 'attempts' | 'message' | 'finished_at_ms'>;

/** Whether a known job is wanted once more: whatever it is doing, or only if it ended before a moment. */
export type OnceMore = boolean | { readonly endedBeforeMs: number };

/**
 * Keeps a job, once: a known one stays as it is, whatever became of it. With `again` a known one is put back to waiting,
 * at the earlier of the two moments when it waits already; one that runs at present runs once more afterwards. With a
 * moment, only one that ended or was given up before it is put back. True when it changed anything.
 */
export async function saveJob(db: Db, row: NewJobRow, again: OnceMore): Promise<boolean> {
  const values = {
    ...row,
    id: jobId(row.kind, row.key),
    lane: row.corp_id ?? row.kind,
    state: 'waiting' as const,
    attempts: 0,
    revision: 0,
    lease_token: null,
    lease_until_ms: 0,
    message: null,
    finished_at_ms: null,
  };
  const insert = db.insertInto('jobs').values(values);
  const { numInsertedOrUpdatedRows } = await insert
    .onConflict((conflict) =>
      again
        ? conflict
            .column('id')
            .doUpdateSet((eb) => ({
              payload_json: row.payload_json,
              run_at_ms: eb
                .case()
                .when(eb.and([eb('jobs.state', '=', 'waiting'), eb('jobs.run_at_ms', '<', row.run_at_ms)]))
                .then(eb.ref('jobs.run_at_ms'))
                .else(row.run_at_ms)
                .end(),
              state: 'waiting',
              attempts: 0,
              revision: eb('jobs.revision', '+', 1),
              finished_at_ms: null,
            }))
            .$call((update) =>
              again === true
                ? update
                : update.where('jobs.state', '!=', 'waiting').where('jobs.finished_at_ms', '<', again.endedBeforeMs),
            )
        : conflict.column('id').doNothing(),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The primary key: no kind contains a colon, so no two jobs share it. */
export const jobId = (kind: string, key: string): string => `${kind}:${key}`;

export type JobClaim = {
  readonly nowMs: number;
  /** The store's machine time, for leases. */
  readonly machineMs: number;
  readonly leaseMs: number;
  readonly leaseToken: string;
  readonly background: boolean;
  readonly limit: number;
};

/**
 * Takes due jobs, the longest due first, for the holder of the token alone until the lease ends; at most one of each lane,
 * and none of a lane whose job is held: however much one corp has to do, it takes one place. A process that dies leaves
 * its lease to run out, and the job is taken again.
 */
export async function claimJobs(store: Store, claim: JobClaim): Promise<(JobsTable & HeldJob)[]> {
  const { leaseToken, limit, machineMs } = claim;
  const leaseUntilMs = machineMs + claim.leaseMs;
  return store.transaction(async (trx) => {
    const first = await firstOfLanes(trx, claim);
    if (first.length === 0) return [];
    const free = await trx
      .selectFrom('jobs')
      .selectAll()
      .where('id', 'in', first)
      // Asked again under the lock: another instance may have taken or ended it since.
      .where('state', '=', 'waiting')
      .where('run_at_ms', '<=', claim.nowMs)
      .where('lease_until_ms', '<=', machineMs)
      .orderBy('run_at_ms')
      .limit(limit)
      // Only PostgreSQL has more than one writer; there nobody waits for another's rows.
      .$if(store.engine === 'postgres', (query) => query.forUpdate().skipLocked())
      .execute();
    if (free.length === 0) return [];
    await trx
      .updateTable('jobs')
      .set((eb) => ({ lease_token: leaseToken, lease_until_ms: leaseUntilMs, attempts: eb('attempts', '+', 1) }))
      .where(
        'id',
        'in',
        free.map(({ id }) => id),
      )
      .execute();
    return free.map((row) => ({
      ...row,
      lease_token: leaseToken,
      lease_until_ms: leaseUntilMs,
      attempts: row.attempts + 1,
    }));
  });
}

/** Ids of the jobs that head their lane and are due; a held job heads its lane and keeps the others out. */
async function firstOfLanes(trx: Transaction<Database>, claim: JobClaim): Promise<string[]> {
  const { background, limit, machineMs, nowMs } = claim;
  const rows = await trx
    .with('lined', (db) =>
      db
        .selectFrom('jobs')
        .select(['id', 'run_at_ms', 'lease_until_ms'])
        .select(
          sql<number>`row_number() over (partition by lane
            order by case when lease_until_ms > ${machineMs} then 0 else 1 end, run_at_ms, id)`.as('place'),
        )
        .where('state', '=', 'waiting')
        .where('background', '=', background ? 1 : 0)
        .where((eb) => eb.or([eb('run_at_ms', '<=', nowMs), eb('lease_until_ms', '>', machineMs)])),
    )
    .selectFrom('lined')
    .select('id')
    .where('place', '=', 1)
    .where('lease_until_ms', '<=', machineMs)
    .orderBy('run_at_ms')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Makes a lease last longer. False when the turn no longer holds the job. */
export async function renewJobLease(db: Db, held: HeldJob, leaseUntilMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ lease_until_ms: leaseUntilMs })
    .where('id', '=', held.id)
    .where('lease_token', '=', held.lease_token)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Ends a turn. A job that was asked for again meanwhile goes on waiting for its next turn instead. False when the turn no
 * longer holds the job: then nothing was written, and what it did belongs to nobody.
 */
export async function endJobTurn(db: Db, held: HeldJob, ending: JobEnding): Promise<boolean> {
  const released = { lease_token: null, lease_until_ms: 0 };
  const ofTurn = () => db.updateTable('jobs').where('id', '=', held.id).where('lease_token', '=', held.lease_token);
  const ended = await ofTurn()
    .set({ ...ending, ...released })
    .where('revision', '=', held.revision)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 1n) return true;
  const left = await ofTurn().set(released).executeTakeFirst();
  return left.numUpdatedRows === 1n;
}

/** Whether a job of this kind has not ended yet. */
export async function isJobWaiting(db: Db, kind: string): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', kind)
    .where('state', '=', 'waiting')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
