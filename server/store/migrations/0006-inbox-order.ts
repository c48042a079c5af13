import { sql, type Kysely } from 'kysely';

/**
 * The waiting callbacks in the order in which they are handled: however many wait, the next ones are read and no others.
 * Settled ones are not in it.
 */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.dropIndex('inbox_due').execute();
  await schema
    .createIndex('inbox_waiting')
    .on('inbox')
    .columns(['event_at_ms', 'received_at_ms'])
    .where(sql.ref('state'), '=', sql.lit('new'))
    .execute();
}
