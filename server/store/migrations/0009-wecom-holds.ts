import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

/** What WeCom has blocked, so that no other instance and no later start asks for it before the block ends. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('wecom_holds')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('until_ms', 'bigint', required)
    .addColumn('length_ms', 'bigint', required)
    .execute();
}
