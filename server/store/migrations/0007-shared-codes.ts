import type { Kysely } from 'kysely';

/** Codes one corp gave to another, found from either side without walking through all of a corp's codes. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex('codes_shared')
    .on('activation_codes')
    .columns(['shared_to', 'corp_id', 'code'])
    .where('shared_to', 'is not', null)
    .execute();
}
