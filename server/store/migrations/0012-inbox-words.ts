import { sql, type Kysely } from 'kysely';

/**
 * Settled callbacks of a corp that still hold what they said, found without walking through everybody's. Only settling one
 * writes to it: a callback that arrives is not in it, so its answer waits for nothing more.
 */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex('inbox_words')
    .on('inbox')
    .column('corp_id')
    .where(sql.ref('corp_id'), 'is not', sql.lit(null))
    .where(sql.ref('state'), '!=', sql.lit('new'))
    .where(sql.ref('body_sealed'), '!=', sql.lit(''))
    .execute();
}
