import { sql, type Kysely } from 'kysely';

/**
 * The waiting callbacks in the order in which they are handled, those that speak of no corp before the others: however many
 * wait, the next ones are read and no others. Settled ones are not in it.
 */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.dropIndex('inbox_waiting').execute();
  await schema
    .createIndex('inbox_in_turn')
    .on('inbox')
    .expression(sql`(corp_id is not null)`)
    .columns(['event_at_ms', 'received_at_ms'])
    .where(sql.ref('state'), '=', sql.lit('new'))
    .execute();
}
