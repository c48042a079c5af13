import { PostgresAdapter, sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Database } from './schema';

/**
 * Whether a text column holds one of these, any number of them. They are bound as one value: a statement of a thousand
 * is slow to build and to plan, SQLite takes at most 32766, and each number of them would be a statement of its own.
 */
export function isAmong(db: Kysely<Database>, column: string, values: readonly string[]): Expression<SqlBool> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return sql`${sql.ref(column)} = any(${values}::text[])`;
  return sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}
