import type { Kysely } from 'kysely';

/** Counts of limits that several instances share. The shape is RateLimiterPostgres's own; it names columns by position. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('rate_limits')
    .addColumn('key', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expire', 'bigint')
    .execute();
}
