import type { Deps } from '../deps';
import { WecomError } from '../errors';
import type { ActivationCodesTable, OrdersTable } from '../store/schema';
import type { LicenceOrder } from '../wecom/client';
import { typeNumber } from './account-types';

/** Order states (97185). */
const UNPAID = 0;
const PAID = 1;
const REFUND_ASKED = 4;
const REFUND_REFUSED = 6;
/** A renewal lists members, not codes. */
const RENEWAL = 2;
/** "Codes still being generated" and "order not paid". */
const GENERATING = 701022;
const NOT_PAID = 701083;
/** How often a settled order is read again, in case a refund's callback was lost. */
const SETTLED_FRESH_MS = 10 * 60_000;
/** WeCom's state of a code nobody holds yet. */
const UNBOUND = 1;

export type OrderReading = { readonly order: OrdersTable; readonly codes: readonly ActivationCodesTable[] };

/** Whether the order is paid and was not given back: its codes count. */
export function standsPaid({ status }: Pick<OrdersTable, 'status'>): boolean {
  return status === PAID || status === REFUND_ASKED || status === REFUND_REFUSED;
}

/** Whether the order has to be read again: it may be paid, refunded or void by now. */
export function settlesLater(order: OrdersTable, nowMs: number): boolean {
  if (order.status === UNPAID || order.status === REFUND_ASKED) return true;
  return standsPaid(order) && nowMs - order.checked_at_ms >= SETTLED_FRESH_MS;
}

/** Reads one order and, once it is paid, the codes it brought. */
export async function readOrder(
  deps: Deps,
  orderId: string,
  known: OrdersTable | null,
  askedAtMs: number,
): Promise<OrderReading> {
  const order = await deps.wecom.getOrder(orderId);
  const row = orderRow(order, known?.codes_state ?? 'none', askedAtMs);
  if (!standsPaid(row) || row.codes_state === 'ready') return { order: row, codes: [] };
  if (row.type === RENEWAL) return { order: { ...row, codes_state: 'ready' }, codes: [] };
  const codes = await listCodes(deps, order);
  const expected = row.base_count + row.external_contact_count;
  const ready = codes !== null && codes.length > 0 && codes.length >= expected;
  const rows = (codes ?? []).map(({ code, type }) => codeRow(code, typeNumber(type), row, askedAtMs));
  return { order: { ...row, codes_state: ready ? 'ready' : 'generating' }, codes: rows };
}

function orderRow(order: LicenceOrder, codesState: OrdersTable['codes_state'], atMs: number): OrdersTable {
  return {
    order_id: order.orderId,
    corp_id: order.corpId,
    type: order.type,
    status: order.status,
    base_count: order.baseCount,
    external_contact_count: order.externalContactCount,
    months: order.months,
    days: order.days,
    price_fen: order.priceFen,
    created_at_ms: order.createdAtMs,
    paid_at_ms: order.paidAtMs,
    codes_state: codesState,
    checked_at_ms: atMs,
  };
}

/** A code as far as its order tells of it; its own state is read next. */
function codeRow(code: string, type: number, order: OrdersTable, atMs: number): ActivationCodesTable {
  return {
    code,
    corp_id: order.corp_id,
    order_id: order.order_id,
    type,
    status: UNBOUND,
    user_id: null,
    created_at_ms: order.paid_at_ms ?? order.created_at_ms,
    active_at_ms: null,
    expires_at_ms: null,
    checked_at_ms: atMs,
  };
}

/** The order's codes; null while WeCom is still making them. */
async function listCodes(deps: Deps, order: LicenceOrder) {
  const codes = [];
  let cursor: string | null = null;
  try {
    do {
      const page = await deps.wecom.listOrderCodes(order.orderId, cursor);
      codes.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
  } catch (error) {
    if (error instanceof WecomError && (error.errcode === GENERATING || error.errcode === NOT_PAID)) return null;
    throw error;
  }
  return codes;
}
