import type { ColumnDefinitionBuilder, Kysely } from 'kysely';

const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
const zero = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull().defaultTo(0);

/** The queue of jobs. The primary key is kind and key in one, so that a job asked for twice is one row. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('corp_id', 'text')
    .addColumn('lane', 'text', required)
    .addColumn('background', 'integer', required)
    .addColumn('payload_json', 'text', required)
    .addColumn('state', 'text', required)
    .addColumn('run_at_ms', 'bigint', required)
    .addColumn('attempts', 'integer', zero)
    .addColumn('revision', 'integer', zero)
    .addColumn('lease_token', 'text')
    .addColumn('lease_until_ms', 'bigint', zero)
    .addColumn('message', 'text')
    .addColumn('finished_at_ms', 'bigint')
    .execute();
  await schema.createIndex('jobs_due').on('jobs').columns(['state', 'background', 'run_at_ms']).execute();
  await schema.createIndex('jobs_kind').on('jobs').columns(['kind', 'state']).execute();
  await schema.createIndex('jobs_corp').on('jobs').columns(['corp_id']).execute();
}
