import type { Kysely } from 'kysely';

/** What WeCom last said of a corp's codes and seats, so that the same answer need not be compared again. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('ledgers').addColumn('heard_json', 'text').execute();
}
