import type { Kysely } from 'kysely';
import type { Database, SeatsTable } from './schema';

type Db = Kysely<Database>;

/** Rows of one INSERT: 9 columns each, and SQLite binds at most 32766 values. */
const CHUNK = 500;

/** A member's seats, ended and moved ones included; at most one of each type. */
export async function listSeatsOfMember(db: Db, corpId: string, userId: string): Promise<SeatsTable[]> {
  return db
    .selectFrom('seats')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .orderBy('type')
    .execute();
}

/** A corp's seats by expiry, the next to end first; those handed to somebody else are left out. */
export async function listSeats(db: Db, corpId: string): Promise<SeatsTable[]> {
  return db
    .selectFrom('seats')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('moved_at_ms', 'is', null)
    .orderBy('expires_at_ms')
    .orderBy('user_id')
    .execute();
}

/** Keeps seats as WeCom told them. A row without a code (list_actived_account has none) keeps the code it had. */
export async function saveSeats(db: Db, seats: readonly SeatsTable[]): Promise<void> {
  for (let from = 0; from < seats.length; from += CHUNK) {
    await db
      .insertInto('seats')
      .values(seats.slice(from, from + CHUNK))
      .onConflict((conflict) =>
        conflict.columns(['corp_id', 'user_id', 'type']).doUpdateSet((eb) => ({
          active_code: eb.fn.coalesce('excluded.active_code', 'seats.active_code'),
          active_at_ms: eb.ref('excluded.active_at_ms'),
          expires_at_ms: eb.ref('excluded.expires_at_ms'),
          moved_at_ms: eb.ref('excluded.moved_at_ms'),
          source: eb.ref('excluded.source'),
          seen_at_ms: eb.ref('excluded.seen_at_ms'),
        })),
      )
      .execute();
  }
}

/** Marks a seat as handed to somebody else. */
export async function markSeatMoved(
  db: Db,
  seat: Pick<SeatsTable, 'corp_id' | 'user_id' | 'type'>,
  atMs: number,
): Promise<void> {
  await db
    .updateTable('seats')
    .set({ moved_at_ms: atMs, source: 'api' })
    .where('corp_id', '=', seat.corp_id)
    .where('user_id', '=', seat.user_id)
    .where('type', '=', seat.type)
    .execute();
}

/** Forgets a seat that WeCom no longer knows. */
export async function deleteSeat(db: Db, seat: Pick<SeatsTable, 'corp_id' | 'user_id' | 'type'>): Promise<void> {
  await db
    .deleteFrom('seats')
    .where('corp_id', '=', seat.corp_id)
    .where('user_id', '=', seat.user_id)
    .where('type', '=', seat.type)
    .execute();
}
