import type { Kysely } from 'kysely';
import type { Database, JobsTable } from './schema';

type Db = Kysely<Database>;

export type JobFilter = Partial<Pick<JobsTable, 'kind' | 'state'>> & { readonly corpId?: string };

/** Jobs for the operator, the latest due first. */
export async function listJobs(db: Db, filter: JobFilter, limit: number): Promise<JobsTable[]> {
  const { corpId, kind, state } = filter;
  return db
    .selectFrom('jobs')
    .selectAll()
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'waiting'))
    .$if(corpId !== undefined, (query) => query.where('corp_id', '=', corpId ?? ''))
    .orderBy('run_at_ms', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export type JobCount = Pick<JobsTable, 'kind' | 'state'> & { readonly count: number };

/** How many jobs of each kind wait or were given up. */
export async function countOpenJobs(db: Db): Promise<JobCount[]> {
  const rows = await db
    .selectFrom('jobs')
    .select((eb) => ['kind', 'state', eb.fn.countAll().as('count')])
    .where('state', 'in', ['waiting', 'dead'])
    .groupBy(['kind', 'state'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Deletes jobs that ended in one way before a moment. */
export async function deleteJobsEndedBefore(db: Db, state: 'done' | 'dead', beforeMs: number): Promise<void> {
  await db.deleteFrom('jobs').where('state', '=', state).where('finished_at_ms', '<', beforeMs).execute();
}
