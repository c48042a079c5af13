import type { Kysely } from 'kysely';
import { saveCorpLicence } from '../store/corp-licences';
import { forgetRefusedRanges, markSeatsDoubtful } from '../store/members';
import type { Database } from '../store/schema';

/**
 * Of what is on record of a corp nothing counts as fresh any more: while it was closed its events were not kept, so the
 * next visits read licence, accounts, seats and ranges again. Run it in a transaction.
 */
export async function doubtCorp(db: Kysely<Database>, corpId: string, atMs: number): Promise<void> {
  await saveCorpLicence(db, corpId, { licence_checked_at_ms: 0, auto_checked_at_ms: 0, ledger_checked_at_ms: 0 });
  await markSeatsDoubtful(db, corpId, null);
  await forgetRefusedRanges(db, corpId, atMs);
}
