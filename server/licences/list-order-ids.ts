import { ACTIVATION_DEADLINE_DAYS } from '../../domain/seats';
import { DAY_MS } from '../../domain/calendar';
import type { Deps } from '../deps';

/** list_order takes at most 31 days a call (95647 / 97184). */
const WINDOW_MS = 31 * DAY_MS;
/** The longest that can be bought (97182). An account of an older order is over, however late it was activated. */
const LONGEST_BOUGHT_DAYS = 1860;
/** How far back the first reading goes. */
const HISTORY_MS = (ACTIVATION_DEADLINE_DAYS + LONGEST_BOUGHT_DAYS) * DAY_MS;
/** Licences are sold since 2022-05-16 by what providers noted; some months before, in case that is not exact. */
const FIRST_SALE_MS = Date.UTC(2022, 0, 1);
/** A multi-corp order as a whole; its parts are each a corp's. */
const MULTI_CORP = 8;

/** A span of order times that one list_order call covers. */
export type Window = readonly [fromMs: number, toMs: number];

/** "Read, but not far back": what is known counts, and the next reading goes through all of the past. */
export const LONG_AGO_MS = 1;

/**
 * The windows in which a corp may have orders we have not heard of: since one window before the last reading, or all of
 * the past that may still matter when there was none. A corp that never paid anything has no past worth reading, only
 * orders to come.
 */
export function windowsSince(readToMs: number, everPaid: boolean, nowMs: number): Window[] {
  const past = everPaid ? Math.max(nowMs - HISTORY_MS, Math.min(FIRST_SALE_MS, nowMs)) : nowMs - WINDOW_MS;
  return windowsFrom(readToMs <= LONG_AGO_MS ? past : Math.min(readToMs, nowMs) - WINDOW_MS, nowMs);
}

/**
 * The windows for somebody who waits: where the past was never read, only as much of it as may hold free accounts. The
 * rest is left to a reconciliation (`leavesPast`).
 */
export function windowsInHaste(readToMs: number, everPaid: boolean, nowMs: number): Window[] {
  if (!leavesPast(readToMs, everPaid)) return windowsSince(readToMs, everPaid, nowMs);
  return windowsFrom(nowMs - ACTIVATION_DEADLINE_DAYS * DAY_MS - WINDOW_MS, nowMs);
}

/** Whether a reading in haste is not all of it. */
export function leavesPast(readToMs: number, everPaid: boolean): boolean {
  return everPaid && readToMs <= LONG_AGO_MS;
}

function windowsFrom(fromMs: number, nowMs: number): Window[] {
  const windows: Window[] = [];
  for (let start = fromMs; start < nowMs; start += WINDOW_MS) windows.push([start, Math.min(start + WINDOW_MS, nowMs)]);
  return windows;
}

/** Ids of a corp's own orders made in a window, page by page. */
export function listOrderIds(deps: Deps, corpId: string, window: Window): AsyncGenerator<readonly string[]> {
  return pagesOf(deps, corpId, window, (type) => type !== MULTI_CORP);
}

/** Ids of the provider's multi-corp orders made in a window: only a list for no corp at all names them (97184). */
export function listMultiCorpIds(deps: Deps, window: Window): AsyncGenerator<readonly string[]> {
  return pagesOf(deps, null, window, (type) => type === MULTI_CORP);
}

async function* pagesOf(
  { wecom }: Deps,
  corpId: string | null,
  [fromMs, toMs]: Window,
  fits: (type: number) => boolean,
): AsyncGenerator<readonly string[]> {
  let cursor: string | null = null;
  do {
    const page = await wecom.listOrders(corpId, fromMs, toMs, cursor);
    yield page.items.filter(({ type }) => fits(type)).map((order) => order.orderId);
    cursor = page.nextCursor;
  } while (cursor !== null);
}
