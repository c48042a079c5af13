import type { Kysely } from 'kysely';
import type { Database, SessionsTable } from './schema';

type Db = Kysely<Database>;

export async function insertSession(db: Db, row: SessionsTable): Promise<void> {
  await db.insertInto('sessions').values(row).execute();
}

/** A session that has not ended, by any of the hashes its token may have been kept under. */
export async function findLiveSession(
  db: Db,
  sidHashes: readonly string[],
  nowMs: number,
): Promise<SessionsTable | null> {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('sid_hash', 'in', [...sidHashes])
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirst();
  return row ?? null;
}

export async function updateSessionEntry(db: Db, sidHash: string, entry: string): Promise<void> {
  await db.updateTable('sessions').set({ entry }).where('sid_hash', '=', sidHash).execute();
}

export async function deleteSession(db: Db, sidHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('sid_hash', '=', sidHash).execute();
}

/** Deletes the sessions of a corp, or of one of its members. */
export async function deleteSessionsOf(db: Db, corpId: string, userId: string | null): Promise<void> {
  const ofCorp = db.deleteFrom('sessions').where('corp_id', '=', corpId);
  await (userId === null ? ofCorp : ofCorp.where('user_id', '=', userId)).execute();
}

/** Sweeps away sessions that ended before a moment. */
export async function deleteSessionsBefore(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at_ms', '<', beforeMs).execute();
}
