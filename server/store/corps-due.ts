import type { Kysely } from 'kysely';
import type { Database } from './schema';

type Db = Kysely<Database>;

/** Corps that removed the app after a moment. */
export async function listRemovedCorpIds(db: Db, sinceMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('status', '=', 'removed')
    .where('removed_at_ms', '>=', sinceMs)
    .execute();
  return rows.map((row) => row.corp_id);
}

/** Installed corps whose trial and checking were not read since a moment, those never read first. */
export async function listCorpsUnreadSince(db: Db, sinceMs: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .leftJoin('corp_licences', 'corp_licences.corp_id', 'corps.corp_id')
    .select('corps.corp_id')
    .where('corps.status', '=', 'installed')
    .where((eb) => eb(eb.fn.coalesce('corp_licences.licence_checked_at_ms', eb.val(0)), '<', sinceMs))
    .orderBy((eb) => eb.fn.coalesce('corp_licences.licence_checked_at_ms', eb.val(0)))
    .limit(limit)
    .execute();
  return rows.map((row) => row.corp_id);
}

/** Installed corps of which a seat ended, was not read since, and ended after a moment. */
export async function listCorpsWithEndedSeats(db: Db, fromMs: number, toMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('corps', 'corps.corp_id', 'seats.corp_id')
    .select('seats.corp_id')
    .distinct()
    .where('corps.status', '=', 'installed')
    .where('seats.moved_at_ms', 'is', null)
    .where('seats.expires_at_ms', '>', fromMs)
    .where('seats.expires_at_ms', '<=', toMs)
    .execute();
  return rows.map((row) => row.corp_id);
}
