import { sql, type Kysely } from 'kysely';
import { jobId } from './jobs';
import type { Database } from './schema';

type Db = Kysely<Database>;

/** Corps that removed the app after a moment; not those that are only closed (closed-corps.ts). */
export async function listRemovedCorpIds(db: Db, sinceMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('status', '=', 'removed')
    .where('permanent_code_sealed', 'is', null)
    .where('removed_at_ms', '>=', sinceMs)
    .execute();
  return rows.map((row) => row.corp_id);
}

/**
 * Installed corps whose trial and checking were not read since a moment, those first for which it was tried longest ago,
 * or never. Those whose job of this kind, keyed by corp, waits already are left out: however many corps always fail, they
 * keep no place from the others.
 */
export async function listCorpsUnreadSince(db: Db, sinceMs: number, limit: number, jobKind: string): Promise<string[]> {
  const readAtMs = sql<number>`coalesce(corp_licences.licence_checked_at_ms, 0)`;
  const givenUpAtMs = sql<number>`coalesce(jobs.finished_at_ms, 0)`;
  const rows = await db
    .selectFrom('corps')
    .leftJoin('corp_licences', 'corp_licences.corp_id', 'corps.corp_id')
    .leftJoin('jobs', (join) => join.on('jobs.id', '=', sql<string>`${jobId(jobKind, '')} || corps.corp_id`))
    .select('corps.corp_id')
    .where('corps.status', '=', 'installed')
    .where(readAtMs, '<', sinceMs)
    .where((eb) => eb.or([eb('jobs.state', 'is', null), eb('jobs.state', '!=', 'waiting')]))
    .orderBy(sql`case when ${givenUpAtMs} > ${readAtMs} then ${givenUpAtMs} else ${readAtMs} end`)
    .orderBy('corps.corp_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.corp_id);
}

export type EndedSeats = { readonly corpId: string; readonly lastEndedAtMs: number };

/** Installed corps of which a seat ended between two moments and is nobody else's, each with its newest such end. */
export async function listCorpsWithEndedSeats(db: Db, fromMs: number, toMs: number): Promise<EndedSeats[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('corps', 'corps.corp_id', 'seats.corp_id')
    .select((eb) => ['seats.corp_id', eb.fn.max('seats.expires_at_ms').as('last')])
    .groupBy('seats.corp_id')
    .where('corps.status', '=', 'installed')
    .where('seats.moved_at_ms', 'is', null)
    .where('seats.expires_at_ms', '>', fromMs)
    .where('seats.expires_at_ms', '<=', toMs)
    .execute();
  return rows.map((row) => ({ corpId: row.corp_id, lastEndedAtMs: row.last }));
}
