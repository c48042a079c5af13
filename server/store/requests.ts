import type { Kysely } from 'kysely';
import type { Database, RequestsTable } from './schema';

type Db = Kysely<Database>;

/** The member's open request for a reason, or null. */
export async function findOpenRequest(
  db: Db,
  corpId: string,
  userId: string,
  reason: string,
): Promise<RequestsTable | null> {
  const row = await db
    .selectFrom('requests')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('reason', '=', reason)
    .where('settled_at_ms', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** A corp's open requests, the oldest first. */
export async function listOpenRequests(db: Db, corpId: string): Promise<RequestsTable[]> {
  return db
    .selectFrom('requests')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('settled_at_ms', 'is', null)
    .orderBy('asked_at_ms')
    .orderBy('id')
    .execute();
}

/**
 * Files a request. The id stands for corp, member and reason, so asking again while it is open changes nothing, and
 * asking after it was settled opens the same row anew. Returns the row as it now stands.
 */
export async function fileRequest(db: Db, request: RequestsTable): Promise<RequestsTable> {
  await db
    .insertInto('requests')
    .values(request)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(request).where('requests.settled_at_ms', 'is not', null),
    )
    .execute();
  return db.selectFrom('requests').selectAll().where('id', '=', request.id).executeTakeFirstOrThrow();
}

/** Marks a request of this corp as settled; false when there is none of that id. Settling twice is fine. */
export async function settleRequest(db: Db, corpId: string, id: string, atMs: number): Promise<boolean> {
  const found = await db
    .selectFrom('requests')
    .select('id')
    .where('corp_id', '=', corpId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) return false;
  await db
    .updateTable('requests')
    .set({ settled_at_ms: atMs })
    .where('id', '=', id)
    .where('settled_at_ms', 'is', null)
    .execute();
  return true;
}

/** Marks everything a member asked for as settled. */
export async function settleRequestsOf(db: Db, corpId: string, userId: string, atMs: number): Promise<void> {
  await db
    .updateTable('requests')
    .set({ settled_at_ms: atMs })
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('settled_at_ms', 'is', null)
    .execute();
}
