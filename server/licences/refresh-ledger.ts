import { DAY_MS } from '../../domain/calendar';
import type { Deps } from '../deps';
import { listCodes, saveCodes } from '../store/activation-codes';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import { listOrders, saveOrder } from '../store/orders';
import type { OrdersTable } from '../store/schema';
import { mapLimited } from './map-limited';
import { readCodes } from './read-codes';
import { readOrder, settlesLater, standsPaid } from './read-order';

/** list_order takes at most 31 days a call (95647 / 97184). */
const WINDOW_MS = 31 * DAY_MS;
/** How far back the first reading goes. */
const HISTORY_MS = 800 * DAY_MS;
/** Calls of one reading that run side by side. */
export const PARALLEL = 4;
/** A multi-corp order's parent: its sub-orders are listed for each corp. */
const PARENT_ORDER = 8;

/**
 * Reads a corp's orders and codes: new orders since the last reading, orders that can still change, and the state of
 * every code. Writes what differs.
 * @param orderId an order known to have changed, read whatever its age
 */
export async function refreshLedger(deps: Deps, corpId: string, orderId: string | null = null): Promise<void> {
  const { db } = deps.store;
  const askedAtMs = deps.clock.now();
  const readTo = (await findCorpLicence(db, corpId))?.orders_read_to_ms ?? 0;
  const known = new Map((await listOrders(db, corpId)).map((order) => [order.order_id, order]));
  const ids = new Set(await listOrderIds(deps, corpId, readTo, askedAtMs));
  for (const order of known.values()) if (isDue(order, askedAtMs)) ids.add(order.order_id);
  if (orderId !== null) ids.add(orderId);
  const due = [...ids].filter((id) => id === orderId || isDue(known.get(id), askedAtMs));
  const readings = await mapLimited(due, PARALLEL, (id) => readOrder(deps, id, known.get(id) ?? null, askedAtMs));
  // An order id from an event of another corp would otherwise move its codes here.
  const own = readings.filter(({ order }) => order.corp_id === corpId);
  for (const { order } of own) known.set(order.order_id, order);
  const before = await listCodes(db, corpId);
  const fresh = own.flatMap((reading) => reading.codes);
  const codes = await readCodes(deps, { corpId, askedAtMs, before, fresh, orders: known });
  await deps.store.transaction(async (trx) => {
    for (const { order } of own) await saveOrder(trx, order);
    if (codes.length > 0) await saveCodes(trx, codes);
    await saveCorpLicence(trx, corpId, { ledger_checked_at_ms: askedAtMs, orders_read_to_ms: askedAtMs });
  });
  if (own.length + codes.length > 0) deps.events.changed({ corpId, userId: null });
}

function isDue(order: OrdersTable | undefined, nowMs: number): boolean {
  return order === undefined || settlesLater(order, nowMs) || (standsPaid(order) && order.codes_state !== 'ready');
}

/** Ids of the orders made since the last reading, from one window before it, or from the beginning. */
async function listOrderIds(deps: Deps, corpId: string, readToMs: number, nowMs: number): Promise<string[]> {
  const oldest = nowMs - HISTORY_MS;
  const fromMs = readToMs === 0 ? oldest : Math.max(oldest, Math.min(readToMs, nowMs) - WINDOW_MS);
  const windows: [number, number][] = [];
  for (let start = fromMs; start < nowMs; start += WINDOW_MS) windows.push([start, Math.min(start + WINDOW_MS, nowMs)]);
  const pages = await mapLimited(windows, PARALLEL, ([start, end]) => listWindow(deps, corpId, start, end));
  return pages.flat();
}

async function listWindow(deps: Deps, corpId: string, fromMs: number, toMs: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await deps.wecom.listOrders(corpId, fromMs, toMs, cursor);
    ids.push(...page.items.filter(({ type }) => type !== PARENT_ORDER).map((order) => order.orderId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}
