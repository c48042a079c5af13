import type { Kysely } from 'kysely';
import type { ActivationCodesTable, CorpsTable, Database, SeatsTable } from './schema';

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

export type CodeSum = Pick<ActivationCodesTable, 'type' | 'status'> & { readonly count: number };

/** How many of a corp's codes are of which type and in which of WeCom's states. */
export async function sumCodes(db: Db, corpId: string): Promise<CodeSum[]> {
  const rows = await db
    .selectFrom('activation_codes')
    .select((eb) => ['type', 'status', eb.fn.countAll().as('count')])
    .where('corp_id', '=', corpId)
    .groupBy(['type', 'status'])
    .orderBy('type')
    .orderBy('status')
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** A corp's first seats that have not ended, the next to end first; those handed to somebody else are left out. */
export async function listSeatsToEnd(db: Db, corpId: string, nowMs: number, limit: number): Promise<SeatsTable[]> {
  return db
    .selectFrom('seats')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('moved_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .orderBy('expires_at_ms')
    .orderBy('user_id')
    .orderBy('type')
    .limit(limit)
    .execute();
}
