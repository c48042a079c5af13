import type { Kysely } from 'kysely';
import type { CorpsTable, Database } from './schema';

type Db = Kysely<Database>;

/** Every corp we ever heard of, those with the app first, the newest first. */
export async function listCorps(db: Db): Promise<CorpsTable[]> {
  return db
    .selectFrom('corps')
    .selectAll()
    .orderBy('status')
    .orderBy('installed_at_ms', 'desc')
    .orderBy('corp_id')
    .execute();
}

/** Any corp that has the app, for a call that needs one. */
export async function findInstalledCorpId(db: Db): Promise<string | null> {
  const row = await db.selectFrom('corps').select('corp_id').where('status', '=', 'installed').executeTakeFirst();
  return row?.corp_id ?? null;
}

/** How much is on record of one corp. */
export async function countCorpRows(db: Db, corpId: string): Promise<Record<'members' | 'seats' | 'requests', number>> {
  const count = async (table: 'members' | 'seats' | 'requests'): Promise<number> => {
    const query = db.selectFrom(table).select((eb) => eb.fn.countAll().as('count'));
    return Number((await query.where('corp_id', '=', corpId).executeTakeFirstOrThrow()).count);
  };
  return { members: await count('members'), seats: await count('seats'), requests: await count('requests') };
}
