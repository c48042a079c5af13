import type { Kysely } from 'kysely';
import type { Database, WecomHoldsTable } from './schema';

type Db = Kysely<Database>;

export async function findHold(db: Db, key: string): Promise<WecomHoldsTable | null> {
  const row = await db.selectFrom('wecom_holds').selectAll().where('key', '=', key).executeTakeFirst();
  return row ?? null;
}

/** The holds that end after a moment, those that end last first. */
export async function listHoldsAfter(db: Db, untilMs: number, limit: number): Promise<WecomHoldsTable[]> {
  return db
    .selectFrom('wecom_holds')
    .selectAll()
    .where('until_ms', '>', untilMs)
    .orderBy('until_ms', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Keeps a hold, unless another instance keeps one that ends later. One that ends after `believedToMs` was kept by a clock
 * that has been set back since, and gives way.
 */
export async function saveHold(db: Db, row: WecomHoldsTable, believedToMs: number): Promise<void> {
  const { length_ms, until_ms } = row;
  await db
    .insertInto('wecom_holds')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ until_ms, length_ms })
        .where((kept) =>
          kept.or([kept('wecom_holds.until_ms', '<', until_ms), kept('wecom_holds.until_ms', '>', believedToMs)]),
        ),
    )
    .execute();
}

/** Forgets a hold that ended; one that another instance has kept since stays. */
export async function deleteHold(db: Db, key: string, untilMs: number): Promise<void> {
  await db.deleteFrom('wecom_holds').where('key', '=', key).where('until_ms', '<=', untilMs).execute();
}

export async function deleteHoldsBefore(db: Db, untilMs: number): Promise<void> {
  await db.deleteFrom('wecom_holds').where('until_ms', '<', untilMs).execute();
}
