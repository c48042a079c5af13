import type { Kysely } from 'kysely';
import type { Database } from '../../server/store/schema';

/** Makes the next reconciliation compare everything, whatever WeCom says. */
export async function forgetHeard(db: Kysely<Database>, corpId: string): Promise<void> {
  await db.updateTable('ledgers').set({ heard_json: null }).where('corp_id', '=', corpId).execute();
}
