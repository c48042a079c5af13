import type { Transaction } from 'kysely';
import type { Deps } from '../deps';
import { REMOVAL, writeLedger } from '../licences/ledger/write-ledger';
import { isClosed } from '../store/closed-corps';
import { deleteCorpRows, findCorp } from '../store/corps';
import { forgetWordsOfCorp } from '../store/inbox';
import { deletePersonalEntries, lockLedger } from '../store/ledger';
import { listOrdersAfter } from '../store/orders';
import type { Database } from '../store/schema';
import { deleteSessionsOf } from '../store/sessions';
import { deleteTokens } from '../store/tokens';
import { corpTokenKeys } from '../wecom/corp-token-keys';

const BATCH = 500;

/**
 * Deletes what is kept of a corp that removed the app, as WeCom demands (page 90642): people, seats, codes, requests,
 * records, administrators, and their history; also its tokens and sessions. Its licence orders and their history stay: they are the provider's own
 * accounts and name nobody (docs/data-retention.md). Doing it twice changes nothing. False when the corp has the app, or
 * keeps its code because WeCom has not said for certain that it has not.
 */
export async function deleteCorpData(deps: Deps, corpId: string): Promise<boolean> {
  const deleted = await deps.store
    .transaction(async (trx) => {
      if (await mayHaveApp(trx, corpId)) return false;
      await wipeCorp(deps, trx, corpId);
      // On PostgreSQL it may have been installed since; what came with that is not deleted.
      if (await mayHaveApp(trx, corpId)) throw INSTALLED_MEANWHILE;
      return true;
    })
    .catch((error: unknown) => {
      if (error === INSTALLED_MEANWHILE) return false;
      throw error;
    });
  if (!deleted) return false;
  deps.events.publish({ kind: 'tokensDropped', corpId });
  deps.events.changed({ corpId, userId: null });
  await forgetWords(deps, corpId);
  return true;
}

const INSTALLED_MEANWHILE = new Error('the corp installed the app while its data was being deleted');

async function mayHaveApp(trx: Transaction<Database>, corpId: string): Promise<boolean> {
  const row = await findCorp(trx, corpId);
  return row?.status === 'installed' || isClosed(row);
}

/** The deleting itself, in the transaction that knows the corp to be gone. */
export async function wipeCorp(deps: Deps, trx: Transaction<Database>, corpId: string): Promise<void> {
  // Whoever is writing what was just read of this corp ends first, and what comes later is refused.
  await lockLedger(trx, deps.store.engine, corpId);
  await forgetCodesOfOrders(deps, trx, corpId);
  await deleteCorpRows(trx, corpId);
  await deletePersonalEntries(trx, corpId);
  await deleteTokens(trx, Object.values(corpTokenKeys(deps.config.suite.id, corpId)));
  await deleteSessionsOf(trx, corpId, null);
}

/** Empties the corp's callbacks, after the deleting and in parts; a kill in between is made up for by `forgetStrays`. */
export async function forgetWords({ store }: Pick<Deps, 'store'>, corpId: string): Promise<void> {
  for (let emptied = BATCH; emptied === BATCH;) emptied = await forgetWordsOfCorp(store.db, corpId, BATCH);
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
