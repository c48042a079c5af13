import { DAY_MS } from '../../domain/calendar';
import type { Deps } from '../deps';

/** list_order takes at most 31 days a call (95647 / 97184). */
const WINDOW_MS = 31 * DAY_MS;
/** How far back the first reading goes. */
const HISTORY_MS = 800 * DAY_MS;
/** A multi-corp order's parent: its sub-orders are listed for each corp. */
const PARENT_ORDER = 8;

/** A span of order times that one list_order call covers. */
export type Window = readonly [fromMs: number, toMs: number];

/**
 * The windows in which a corp may have orders we have not heard of: since one window before the last reading, or all of
 * the past when there was none. A corp that never paid anything has no past worth reading, only orders to come.
 */
export function windowsSince(readToMs: number, everPaid: boolean, nowMs: number): Window[] {
  const oldest = everPaid ? nowMs - HISTORY_MS : nowMs - WINDOW_MS;
  const fromMs = readToMs === 0 ? oldest : Math.max(nowMs - HISTORY_MS, Math.min(readToMs, nowMs) - WINDOW_MS);
  const windows: Window[] = [];
  for (let start = fromMs; start < nowMs; start += WINDOW_MS) windows.push([start, Math.min(start + WINDOW_MS, nowMs)]);
  return windows;
}

/** Ids of the orders made in a window, page by page. */
export async function* listOrderIds(
  { wecom }: Deps,
  corpId: string,
  [fromMs, toMs]: Window,
): AsyncGenerator<readonly string[]> {
  let cursor: string | null = null;
  do {
    const page = await wecom.listOrders(corpId, fromMs, toMs, cursor);
    yield page.items.filter(({ type }) => type !== PARENT_ORDER).map((order) => order.orderId);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/**
 * Ids of a corp's parts of multi-corp orders made in a window. list_order names only the whole of such an order, and only
 * when no corp is asked for (97184); its parts are in get_union_order (98888).
 */
export async function* listPartIds(
  { wecom }: Deps,
  corpId: string,
  [fromMs, toMs]: Window,
): AsyncGenerator<readonly string[]> {
  let cursor: string | null = null;
  do {
    const page = await wecom.listOrders(null, fromMs, toMs, cursor);
    for (const { orderId, type } of page.items) if (type === PARENT_ORDER) yield* partsOf(wecom, orderId, corpId);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* partsOf(wecom: Deps['wecom'], orderId: string, corpId: string): AsyncGenerator<readonly string[]> {
  let cursor: string | null = null;
  do {
    const { parts } = await wecom.getMultiCorpOrder(orderId, cursor);
    yield parts.items.filter((part) => part.corpId === corpId).map((part) => part.orderId);
    cursor = parts.nextCursor;
  } while (cursor !== null);
}
