import { sql, type Kysely } from 'kysely';
import { CORP_DATA } from './corps';
import type { Database } from './schema';

type Db = Kysely<Database>;

/** Where something of a corp may be kept, each with an index that begins with the corp. Tokens are found by their keys. */
export const PLACES = [...CORP_DATA, 'sessions', 'inbox'] as const;
export type Place = (typeof PLACES)[number];

/**
 * The next corps, in the order of their ids after `after`, of which a place holds something. Goes from corp to corp along
 * the index, so that the largest corp is one step.
 */
export async function listCorpIdsAt(db: Db, place: Place, after: string, limit: number): Promise<string[]> {
  const table = sql.table(place);
  // As text in the statement: of callbacks the index holds the settled ones that still say something, and no others.
  const words = place === 'inbox' ? sql`and state != 'new' and body_sealed != ''` : sql``;
  const { rows } = await sql<{ corp_id: string }>`
    with recursive ids(corp_id) as (
      select min(corp_id) from ${table} where corp_id > ${after} ${words}
      union all
      select (select min(next.corp_id) from ${table} as next where next.corp_id > ids.corp_id ${words})
      from ids where ids.corp_id is not null
    )
    select corp_id from ids where corp_id is not null limit ${limit}`.execute(db);
  return rows.map((row) => row.corp_id);
}

/** Keys of a kind of tokens, in their order after `after`. */
export async function listTokenKeysAfter(db: Db, prefix: string, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tokens')
    .select('key')
    .where('key', 'like', `${prefix}%`)
    .where('key', '>', after)
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map((row) => row.key);
}

/** Those of these corps that have the app, or may have it still (closed-corps.ts). */
export async function findKeptCorpIds(db: Db, corpIds: readonly string[]): Promise<Set<string>> {
  if (corpIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('corp_id', 'in', [...corpIds])
    .where((eb) => eb.or([eb('status', '=', 'installed'), eb('permanent_code_sealed', 'is not', null)]))
    .execute();
  return new Set(rows.map((row) => row.corp_id));
}
