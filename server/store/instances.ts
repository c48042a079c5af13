import type { Kysely } from 'kysely';
import type { Database, InstancesTable } from './schema';

type Db = Kysely<Database>;

/** Says that an instance lives, or still does. */
export async function saveInstance(db: Db, row: InstancesTable): Promise<void> {
  await db
    .insertInto('instances')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at_ms: row.seen_at_ms }))
    .execute();
}

/** How many have said so at this moment of machine time or after it. */
export async function countInstancesSince(db: Db, seenAtMs: number): Promise<number> {
  const { count } = await db
    .selectFrom('instances')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('seen_at_ms', '>=', seenAtMs)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function deleteInstance(db: Db, id: string): Promise<void> {
  await db.deleteFrom('instances').where('id', '=', id).execute();
}

/** Deletes the rows of instances that ended without deleting theirs. */
export async function deleteInstancesBefore(db: Db, seenAtMs: number): Promise<void> {
  await db.deleteFrom('instances').where('seen_at_ms', '<', seenAtMs).execute();
}
