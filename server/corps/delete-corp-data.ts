import type { Transaction } from 'kysely';
import type { Deps } from '../deps';
import { REMOVAL, writeLedger } from '../licences/ledger/write-ledger';
import { deleteCorpRows, findCorp } from '../store/corps';
import { forgetBodiesOfCorp } from '../store/inbox';
import { deletePersonalEntries, lockLedger } from '../store/ledger';
import { listOrdersAfter } from '../store/orders';
import type { Database } from '../store/schema';

const BATCH = 500;

/**
 * Deletes what is kept of a corp that removed the app, as WeCom demands (page 90642): people, seats, codes, requests,
 * records, administrators, and their history. Its licence orders and their history stay: they are the provider's own
 * accounts and name nobody (docs/data-retention.md). Doing it twice changes nothing. False when the corp has the app.
 */
export async function deleteCorpData(deps: Deps, corpId: string): Promise<boolean> {
  return deps.store.transaction(async (trx) => {
    if ((await findCorp(trx, corpId))?.status === 'installed') return false;
    await wipeCorp(deps, trx, corpId);
    return true;
  });
}

/** The deleting itself, in the transaction that knows the corp to be gone. */
export async function wipeCorp(deps: Deps, trx: Transaction<Database>, corpId: string): Promise<void> {
  // Whoever is writing what was just read of this corp ends first, and what comes later is refused.
  await lockLedger(trx, deps.store.engine, corpId);
  await forgetCodesOfOrders(deps, trx, corpId);
  await deleteCorpRows(trx, corpId);
  await deletePersonalEntries(trx, corpId);
  await forgetBodiesOfCorp(trx, corpId);
}

/** The codes are deleted: when the corp comes back, its orders are asked for them again. */
async function forgetCodesOfOrders(deps: Deps, trx: Transaction<Database>, corpId: string): Promise<void> {
  const observedAtMs = deps.clock.now();
  const origin = { source: 'default', cause: REMOVAL, observedAtMs } as const;
  for (let after = ''; ;) {
    const orders = await listOrdersAfter(trx, corpId, after, BATCH);
    const last = orders.at(-1);
    if (last === undefined) return;
    after = last.order_id;
    const without = orders.map((order) => ({ ...order, codes_state: 'none' as const, checked_at_ms: observedAtMs }));
    await writeLedger(deps, trx, corpId, origin, { orders: without });
  }
}
