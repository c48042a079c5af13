import type { Kysely } from 'kysely';
import type { Database, RecordsTable } from './schema';

type Db = Kysely<Database>;

/** The page the list gives; a corp with more shows its newest. */
export const RECORDS_PAGE = 200;

/** A corp's records, the newest check first. */
export async function listRecords(db: Db, corpId: string): Promise<RecordsTable[]> {
  return db
    .selectFrom('records')
    .selectAll()
    .where('corp_id', '=', corpId)
    .orderBy('checked_at_ms', 'desc')
    .orderBy('id')
    .limit(RECORDS_PAGE)
    .execute();
}

/** One of the corp's own records; null when it does not exist or belongs to another corp. */
export async function findRecord(db: Db, corpId: string, id: string): Promise<RecordsTable | null> {
  const row = await db
    .selectFrom('records')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** A record whose label anybody may see, of whatever corp; null for every other one. */
export async function findPublicRecord(db: Db, id: string): Promise<RecordsTable | null> {
  const row = await db
    .selectFrom('records')
    .selectAll()
    .where('id', '=', id)
    .where('public_label', '=', 1)
    .executeTakeFirst();
  return row ?? null;
}

/** Adds records; ids that exist already are left as they are. */
export async function insertRecords(db: Db, records: readonly RecordsTable[]): Promise<void> {
  await db
    .insertInto('records')
    .values([...records])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Changes one of the corp's own records; false when there is none. */
export async function updateRecord(
  db: Db,
  corpId: string,
  id: string,
  change: Pick<RecordsTable, 'status' | 'note' | 'checked_at_ms'>,
): Promise<boolean> {
  const result = await db
    .updateTable('records')
    .set(change)
    .where('corp_id', '=', corpId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
