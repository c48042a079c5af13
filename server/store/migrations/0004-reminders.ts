import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

/** What administrators were reminded of, and the messages that told them. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('reminder_sends')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('corp_id', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('user_ids_json', 'text', required)
    .addColumn('card_json', 'text', required)
    .addColumn('first_tried_at_ms', 'bigint', required)
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('message_id', 'text')
    .addColumn('unlicensed_json', 'text')
    .addColumn('invalid_json', 'text')
    .addColumn('message', 'text')
    .execute();
  await schema.createIndex('reminder_sends_corp').on('reminder_sends').columns(['corp_id', 'state']).execute();
  await schema
    .createTable('reminders')
    .addColumn('corp_id', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('send_id', 'text', required)
    .addColumn('ends_at_ms', 'bigint', required)
    .addColumn('count', 'integer', required)
    .addPrimaryKeyConstraint('reminders_pk', ['corp_id', 'key'])
    .execute();
}
