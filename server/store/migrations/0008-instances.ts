import type { Kysely } from 'kysely';

/** The processes that serve on this store, each with the last moment (machine time) at which it said so. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('instances')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seen_at_ms', 'bigint', (column) => column.notNull())
    .execute();
}
