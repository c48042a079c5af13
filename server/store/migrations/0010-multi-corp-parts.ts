import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

/** Which corp has which part of which multi-corp order, and how far the provider's own list of orders was read. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('multi_corp_parts')
    .addColumn('order_id', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('parent_order_id', 'text', required)
    .execute();
  await schema
    .createIndex('multi_corp_parts_of_corp')
    .on('multi_corp_parts')
    .columns(['corp_id', 'order_id'])
    .execute();
  await schema.createIndex('multi_corp_parts_of_parent').on('multi_corp_parts').columns(['parent_order_id']).execute();
  await schema
    .createTable('provider_orders')
    .addColumn('provider_id', 'text', (column) => column.primaryKey())
    .addColumn('read_to_ms', 'bigint', required)
    .execute();
}
