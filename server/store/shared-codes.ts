import type { Kysely } from 'kysely';
import type { Database } from './schema';

type Db = Kysely<Database>;

/** WeCom's state of a code that its corp gave to another (97189). */
const SHARED = 6;

/**
 * Names of codes that others gave to this corp and that it does not know yet, in their own order from the one after
 * `afterCode`. None while the app is not installed there.
 */
export async function listSharesToLearn(
  db: Db,
  corpId: string,
  afterCode: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await unlearnt(db)
    .select('given.code')
    .distinct()
    .where('given.shared_to', '=', corpId)
    .where('given.code', '>', afterCode)
    .orderBy('given.code')
    .limit(limit)
    .execute();
  return rows.map((row) => row.code);
}

/** Corps that this one gave codes to which they do not know yet, where the app is installed. */
export async function listCorpsToTeach(db: Db, corpId: string): Promise<readonly string[]> {
  const rows = await unlearnt(db).select('corps.corp_id').distinct().where('given.corp_id', '=', corpId).execute();
  return rows.map((row) => row.corp_id);
}

function unlearnt(db: Db) {
  return db
    .selectFrom('activation_codes as given')
    .innerJoin('corps', 'corps.corp_id', 'given.shared_to')
    .where('given.shared_to', 'is not', null)
    .where('given.status', '=', SHARED)
    .where('corps.status', '=', 'installed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('activation_codes as own')
            .select('own.code')
            .whereRef('own.corp_id', '=', 'given.shared_to')
            .whereRef('own.code', '=', 'given.code'),
        ),
      ),
    );
}
