import type { Deps } from '../deps';
import { findCodes, listCodesOfOrderAfter } from '../store/activation-codes';
import { findOrders, markOrdersRead } from '../store/orders';
import type { ActivationCodesTable, OrdersTable } from '../store/schema';
import type { Cause } from './cause';
import { saysTheSame } from './ledger/facts';
import { keepTold, type Compared, type Told } from './ledger/write-ledger';
import { CODES_AT_ONCE, readCodes } from './read-codes';
import { lacksCodes, nullIfUnknown, readOrder, readOrderCodes } from './read-order';

/** An order as it is now, and how much of it and of its codes was new. */
export type TakenOrder = { readonly order: OrdersTable; readonly written: { order: number; code: number } };

/**
 * Reads one order and the codes it brought and keeps what differs, page by page, so that an order of a million codes
 * needs no more memory than one of a thousand. Null when the order is another corp's, or none that WeCom knows.
 */
export async function takeOrder(deps: Deps, corpId: string, orderId: string, cause: Cause): Promise<TakenOrder | null> {
  const askedAtMs = deps.clock.now();
  const [known] = await findOrders(deps.store.db, corpId, [orderId]);
  const told = await readOrder(deps, orderId, known, askedAtMs).catch(nullIfUnknown);
  if (told === null || told.corp_id !== corpId) return null;
  let order = told;
  const written = { order: 0, code: 0 };
  const write = async (told: Told) => {
    const changes = await keepTold(deps, corpId, { ...cause, observedAtMs: askedAtMs }, told);
    written.order += changes.order;
    written.code += changes.code;
  };
  if (known === undefined || !saysTheSame('order', known, order)) await write({ orders: [order] });
  if (lacksCodes(order)) {
    order = await takeNewCodes(deps, order, askedAtMs, (codes) => write({ codes }));
    if (!saysTheSame('order', told, order)) await write({ orders: [order] });
  }
  await markOrdersRead(deps.store.db, corpId, [orderId], askedAtMs);
  return { order, written };
}

type WriteCodes = (codes: readonly ActivationCodesTable[]) => Promise<void>;

async function takeNewCodes(
  deps: Deps,
  order: OrdersTable,
  askedAtMs: number,
  write: WriteCodes,
): Promise<OrdersTable> {
  const pages = readOrderCodes(deps, order, askedAtMs);
  for (;;) {
    const page = await pages.next();
    if (page.done) return page.value;
    const names = page.value.map((row) => row.code);
    const known = new Set((await findCodes(deps.store.db, order.corp_id, names)).map((row) => row.code));
    const fresh = page.value.filter((row) => !known.has(row.code));
    await write(await readCodes(deps, order.corp_id, fresh, askedAtMs));
  }
}

/** Reads again every code an order has brought: after a refund, when they may have died. Returns how many differed. */
export async function rereadCodesOfOrder(deps: Deps, order: OrdersTable, cause: Cause): Promise<number> {
  const { corp_id: corpId, order_id: orderId } = order;
  let written = 0;
  for (let after = ''; ;) {
    const rows = await listCodesOfOrderAfter(deps.store.db, corpId, orderId, after, CODES_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return written;
    after = last.code;
    written += (await keepCodes(deps, corpId, rows, cause)).written;
  }
}

/** Reads these codes, given as they are on record, and keeps what differs. */
export async function keepCodes(
  deps: Deps,
  corpId: string,
  rows: readonly ActivationCodesTable[],
  cause: Cause,
): Promise<Compared> {
  const askedAtMs = deps.clock.now();
  const known = new Map(rows.map((row) => [row.code, row]));
  const told = await readCodes(deps, corpId, rows, askedAtMs);
  const codes = told.filter((row) => !saysTheSame('code', known.get(row.code) ?? row, row));
  const { code } = await keepTold(deps, corpId, { ...cause, observedAtMs: askedAtMs }, { codes });
  return { differing: codes.length, written: code };
}
