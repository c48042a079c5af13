import { sql, type Kysely } from 'kysely';
import type { Database } from './schema';

type Db = Kysely<Database>;

/** Every column that holds ciphertext, and the column whose value it is bound to. */
export const SEALED_COLUMNS = [
  { table: 'corps', column: 'permanent_code_sealed', context: 'corp_id' },
  { table: 'tokens', column: 'value_sealed', context: 'key' },
  { table: 'inbox', column: 'body_sealed', context: 'event_key' },
] as const;

export type SealedColumn = (typeof SEALED_COLUMNS)[number];
export type SealedValue = { readonly context: string; readonly sealed: string };

/**
 * The next values that are not sealed with a key, in the order of what they are bound to, after `after`. One that was
 * emptied, as a removed corp's callbacks are, holds nothing to open.
 */
export async function listSealedOtherwise(
  db: Db,
  { column, context, table }: SealedColumn,
  { after, limit, prefix }: { readonly prefix: string; readonly after: string; readonly limit: number },
): Promise<SealedValue[]> {
  const [boundTo, sealed] = [sql.ref<string>(context), sql.ref<string>(column)];
  return db
    .selectFrom(table as 'tokens')
    .select([boundTo.as('context'), sealed.as('sealed')])
    .where(sealed, 'is not', sql.lit(null))
    .where(sealed, '!=', '')
    .where(sealed, 'not like', `${prefix}%`)
    .where(boundTo, '>', after)
    .orderBy(boundTo)
    .limit(limit)
    .execute();
}

/** Replaces one sealed value, unless somebody wrote a new one meanwhile. */
export async function replaceSealed(
  db: Db,
  { column, context, table }: SealedColumn,
  before: SealedValue,
  after: string,
): Promise<boolean> {
  const result = await db
    .updateTable(table as 'tokens')
    .set({ [column]: after })
    .where(sql.ref(context), '=', before.context)
    .where(sql.ref(column), '=', before.sealed)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
