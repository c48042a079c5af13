import type { Deps } from '../deps';
import { findKnownParents, findProviderReadTo, saveParts, saveProviderReadTo } from '../store/multi-corp-parts';
import type { MultiCorpPartsTable } from '../store/schema';
import type { Page } from '../wecom/client';
import type { MultiCorpPart } from '../wecom/order-types';
import { listMultiCorpIds, windowsSince } from './list-order-ids';
import { nullIfUnknown } from './read-order';
import { refreshOnce } from './refresh-once';

/** All corps' reconciliations of a night need it, and none of them more exactly than this. */
const FRESH_MS = 5 * 60_000;

/**
 * Learns which corp has which part of the provider's multi-corp orders. WeCom names such an order only in the list of
 * all of the provider's orders, and its parts only in get_union_order (97184, 98888): that list is read once for every
 * corp together, and how far it was read is kept. Throws `wecom.*` when WeCom is silent.
 */
export async function readMultiCorpOrders(deps: Deps): Promise<void> {
  await refreshOnce(deps, 'multiCorpOrders', () => readNews(deps));
}

async function readNews(deps: Deps): Promise<void> {
  const { db } = deps.store;
  const { corpId: providerId } = deps.config.provider;
  const nowMs = deps.clock.now();
  const readToMs = await findProviderReadTo(db, providerId);
  if (readToMs <= nowMs && nowMs - readToMs < FRESH_MS) return;
  for (const window of windowsSince(readToMs, true, nowMs)) {
    for await (const orderIds of listMultiCorpIds(deps, window)) {
      const known = await findKnownParents(db, orderIds);
      for (const orderId of orderIds.filter((id) => !known.has(id))) await learnParts(deps, orderId);
    }
    await saveProviderReadTo(db, providerId, window[1]);
  }
}

/** All parts at once: an order of which only some were kept would be taken for known. At most 100,000 (98887). */
async function learnParts(deps: Deps, orderId: string): Promise<void> {
  const parts = await readParts(deps, orderId).catch(nullIfUnknown);
  if (parts === null) return deps.log.warn({ orderId }, 'WeCom lists a multi-corp order and does not know it');
  await deps.store.transaction((trx) => saveParts(trx, parts));
}

async function readParts({ wecom }: Deps, orderId: string): Promise<MultiCorpPartsTable[]> {
  const rows: MultiCorpPartsTable[] = [];
  let cursor: string | null = null;
  do {
    const { parts }: { parts: Page<MultiCorpPart> } = await wecom.getMultiCorpOrder(orderId, cursor);
    rows.push(
      ...parts.items.map((part) => ({ order_id: part.orderId, corp_id: part.corpId, parent_order_id: orderId })),
    );
    cursor = parts.nextCursor;
  } while (cursor !== null);
  return rows;
}
