import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { findParent } from '../store/multi-corp-parts';
import type { ActivationCodesTable, OrdersTable } from '../store/schema';
import type { LicenceOrder } from '../wecom/client';
import { typeNumber } from './account-types';

/** Order states (97185). */
const UNPAID = 0;
const PAID = 1;
const REFUND_ASKED = 4;
const REFUND_REFUSED = 6;
const VOID = 7;
/** No licence order of ours. */
const UNKNOWN = 701005;
/** A renewal lists members, not codes. */
export const RENEWAL = 2;
/** "Codes still being generated" and "order not paid". */
const GENERATING = 701022;
const NOT_PAID = 701083;
/** How often a settled order is read again, in case a refund's callback was lost. */
const SETTLED_FRESH_MS = 10 * 60_000;
/** WeCom's state of a code nobody holds yet. */
const UNBOUND = 1;

/** Whether the order is paid and was not given back: its codes count. */
export function standsPaid({ status }: Pick<OrdersTable, 'status'>): boolean {
  return status === PAID || status === REFUND_ASKED || status === REFUND_REFUSED;
}

/** Whether the consequences of the order's status have been read: dead codes, prolonged members. */
export function isFollowed({ followed_status, status }: Pick<OrdersTable, 'status' | 'followed_status'>): boolean {
  return followed_status === status;
}

/** Whether the order moved members' expiry instead of bringing codes. */
export function isRenewal({ type }: Pick<OrdersTable, 'type'>): boolean {
  return type === RENEWAL;
}

/** Whether WeCom may still pay it, refund it or bring its codes: nothing about it is final yet. */
export function isOpen(order: OrdersTable): boolean {
  const unfinished = standsPaid(order) && order.codes_state !== 'ready';
  return order.status === UNPAID || order.status === REFUND_ASKED || unfinished;
}

/** Whether WeCom never changes it any more. What was cancelled or given back can still be voided with a corp's test orders. */
export function isFinal({ status }: Pick<OrdersTable, 'status'>): boolean {
  return status === VOID;
}

/** Whether the order has to be read again before a visit: it may be paid, refunded or void by now. */
export function isDue(order: OrdersTable | undefined, nowMs: number): boolean {
  if (order === undefined || isOpen(order)) return true;
  return standsPaid(order) && nowMs - order.checked_at_ms >= SETTLED_FRESH_MS;
}

/** Reads one order as WeCom tells it now; whether its codes are there is found out by `readOrderCodes`. */
export async function readOrder(
  deps: Deps,
  orderId: string,
  known: OrdersTable | undefined,
  askedAtMs: number,
): Promise<OrdersTable> {
  const told = await deps.wecom.getOrder(orderId);
  const parentId = known?.parent_order_id ?? (await findParent(deps.store.db, orderId));
  const row = orderRow(told, { known, parentId }, askedAtMs);
  if (!standsPaid(row) || row.codes_state === 'ready') return row;
  return { ...row, codes_state: isRenewal(row) ? 'ready' : 'generating' };
}

/** For a `catch`: null where WeCom says that it knows no such order of ours; every other failure stays one. */
export function nullIfUnknown(error: unknown): null {
  if (error instanceof WecomError && error.errcode === UNKNOWN) return null;
  throw error;
}

/** Whether the codes this order brings have still to be asked for. */
export function lacksCodes(order: OrdersTable): boolean {
  return standsPaid(order) && order.codes_state !== 'ready';
}

/**
 * The codes a paid order brought, page by page as WeCom lists them, then the order once they are all there.
 * Nothing while WeCom is still making them.
 */
export async function* readOrderCodes(
  deps: Deps,
  order: OrdersTable,
  askedAtMs: number,
): AsyncGenerator<readonly ActivationCodesTable[], OrdersTable> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page = await findPage(deps, order.order_id, cursor);
    if (page === null) return order;
    count += page.items.length;
    yield page.items.map(({ code, type }) => codeRow(code, typeNumber(type), order, askedAtMs));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const ready = count > 0 && count >= order.base_count + order.external_contact_count;
  return ready ? { ...order, codes_state: 'ready' } : order;
}

async function findPage({ wecom }: Deps, orderId: string, cursor: string | null) {
  try {
    return await wecom.listOrderCodes(orderId, cursor);
  } catch (error) {
    if (error instanceof WecomError && (error.errcode === GENERATING || error.errcode === NOT_PAID)) return null;
    throw error;
  }
}

/** What WeCom's answer about one order leaves out. */
type Beside = { readonly parentId: string | null; readonly known: OrdersTable | undefined };

function orderRow(order: LicenceOrder, { known, parentId }: Beside, atMs: number): OrdersTable {
  return {
    order_id: order.orderId,
    corp_id: order.corpId,
    type: order.type,
    status: order.status,
    base_count: order.baseCount,
    external_contact_count: order.externalContactCount,
    months: order.months,
    days: order.days,
    new_expire_at_ms: order.renewsToMs,
    parent_order_id: parentId,
    price_fen: order.priceFen,
    created_at_ms: order.createdAtMs,
    paid_at_ms: order.paidAtMs,
    codes_state: known?.codes_state ?? 'none',
    checked_at_ms: atMs,
    followed_status: known?.followed_status ?? null,
  };
}

/** A code as far as its order tells of it; its own state is read next. */
function codeRow(code: string, type: number, order: OrdersTable, atMs: number): ActivationCodesTable {
  return {
    corp_id: order.corp_id,
    code,
    order_id: order.order_id,
    type,
    status: UNBOUND,
    user_id: null,
    created_at_ms: order.paid_at_ms ?? order.created_at_ms,
    active_at_ms: null,
    expires_at_ms: null,
    merged_into: null,
    merged_from: null,
    shared_to: null,
    shared_from: null,
    checked_at_ms: atMs,
  };
}
