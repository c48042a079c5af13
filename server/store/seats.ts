import type { Kysely } from 'kysely';
import { isAmong } from './among';
import { insertMany, type ColumnTypes } from './insert-many';
import type { Database, SeatsTable } from './schema';

type Db = Kysely<Database>;

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

/** How many seats with time left a corp has on record, by type. */
export async function countLiveSeats(
  db: Db,
  corpId: string,
  nowMs: number,
): Promise<{ type: number; seats: number }[]> {
  const rows = await db
    .selectFrom('seats')
    .select((eb) => ['type', eb.fn.countAll().as('seats')])
    .where('corp_id', '=', corpId)
    .where('moved_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .groupBy('type')
    .execute();
  return rows.map(({ seats, type }) => ({ type, seats: Number(seats) }));
}

/** Every seat of these members. */
export async function findSeats(db: Db, corpId: string, userIds: readonly string[]): Promise<SeatsTable[]> {
  if (userIds.length === 0) return [];
  return db
    .selectFrom('seats')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where(isAmong(db, 'user_id', userIds))
    .execute();
}

/** Some seats whose code, by what is on record of codes, is somebody else's. */
export async function listMisnamedSeats(db: Db, corpId: string, limit: number): Promise<SeatKey[]> {
  return db
    .selectFrom('seats')
    .innerJoin('activation_codes as codes', (join) =>
      join.onRef('codes.corp_id', '=', 'seats.corp_id').onRef('codes.code', '=', 'seats.active_code'),
    )
    .select(['seats.type', 'seats.user_id'])
    .where('seats.corp_id', '=', corpId)
    .where('seats.moved_at_ms', 'is', null)
    .whereRef('codes.user_id', '!=', 'seats.user_id')
    .where('codes.merged_into', 'is', null)
    .limit(limit)
    .execute();
}

/** How many seats a corp has on record, those handed to somebody else left out. */
export async function countStandingSeats(db: Db, corpId: string): Promise<number> {
  const row = await db
    .selectFrom('seats')
    .select((eb) => eb.fn.countAll().as('seats'))
    .where('corp_id', '=', corpId)
    .where('moved_at_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.seats);
}

export type SeatKey = Pick<SeatsTable, 'user_id' | 'type'>;

/** Whose a corp's seats are from the one after `after`, those handed to somebody else left out: for walking through all. */
export async function listSeatKeysAfter(
  db: Db,
  corpId: string,
  after: SeatKey | null,
  limit: number,
): Promise<SeatKey[]> {
  return db
    .selectFrom('seats')
    .select(['user_id', 'type'])
    .where('corp_id', '=', corpId)
    .where('moved_at_ms', 'is', null)
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb('user_id', '>', after?.user_id ?? ''),
          eb.and([eb('user_id', '=', after?.user_id ?? ''), eb('type', '>', after?.type ?? 0)]),
        ]),
      ),
    )
    .orderBy('user_id')
    .orderBy('type')
    .limit(limit)
    .execute();
}

const COLUMNS: ColumnTypes<'seats'> = {
  corp_id: 'text',
  user_id: 'text',
  type: 'bigint',
  active_code: 'text',
  active_at_ms: 'bigint',
  expires_at_ms: 'bigint',
  moved_at_ms: 'bigint',
  source: 'text',
  seen_at_ms: 'bigint',
};

/** Keeps seats as WeCom told them. The ledger's writer is the only caller (server/licences/ledger). */
export async function saveSeats(db: Db, seats: readonly SeatsTable[]): Promise<void> {
  await insertMany(db, 'seats', COLUMNS, seats, (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(['corp_id', 'user_id', 'type']).doUpdateSet((eb) => ({
        active_code: eb.ref('excluded.active_code'),
        active_at_ms: eb.ref('excluded.active_at_ms'),
        expires_at_ms: eb.ref('excluded.expires_at_ms'),
        moved_at_ms: eb.ref('excluded.moved_at_ms'),
        source: eb.ref('excluded.source'),
        seen_at_ms: eb.ref('excluded.seen_at_ms'),
      })),
    ),
  );
}

/** Forgets a seat that WeCom no longer knows; true when there was one. The ledger's writer is the only caller. */
export async function deleteSeat(db: Db, seat: Pick<SeatsTable, 'corp_id' | 'user_id' | 'type'>): Promise<boolean> {
  const result = await db
    .deleteFrom('seats')
    .where('corp_id', '=', seat.corp_id)
    .where('user_id', '=', seat.user_id)
    .where('type', '=', seat.type)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
