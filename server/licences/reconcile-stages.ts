import type { Deps } from '../deps';
import { AppError } from '../errors';
import { listLiveCodesAfter } from '../store/activation-codes';
import { listUnreadParts } from '../store/multi-corp-parts';
import { findOrders, listOrdersAfter } from '../store/orders';
import { RECONCILIATION as CAUSE } from './cause';
import { learnShares, teachReceivers } from './learn-shares';
import { listOrderIds, windowsSince } from './list-order-ids';
import { mapLimited } from './map-limited';
import { CODES_AT_ONCE } from './read-codes';
import { readMultiCorpOrders } from './read-multi-corp-orders';
import { isFinal } from './read-order';
import type { StageRun } from './reconcile';
import { walkSeats } from './refresh-corp-seats';
import { orderHistory } from './refresh-ledger';
import { keepCodes, takeOrder } from './take-order';

const ORDERS_AT_ONCE = 100;
const PARALLEL = 4;

/** Orders made since the last reading that nobody told us of. Done windows are passed over after a kill. */
export async function reconcileNewOrders(deps: Deps, corpId: string, { from, tick }: StageRun): Promise<void> {
  const windows = windowsSince(...(await orderHistory(deps, corpId)), deps.clock.now());
  for (const window of windows) {
    if (from !== null && window[1] <= Number(from)) continue;
    const changes = { order: 0, code: 0 };
    for await (const ids of listOrderIds(deps, corpId, window)) {
      const known = new Set((await findOrders(deps.store.db, corpId, ids)).map((order) => order.order_id));
      const { code, order } = await takeOrders(
        deps,
        corpId,
        ids.filter((id) => !known.has(id)),
      );
      changes.order += order;
      changes.code += code;
    }
    if (!(await tick(String(window[1]), changes))) return;
  }
  await reconcileParts(deps, corpId, (changes) => tick(String(deps.clock.now()), changes));
}

/** The corp's parts of multi-corp orders, which its own list leaves out. */
async function reconcileParts(
  deps: Deps,
  corpId: string,
  onPart: (changes: OrderChanges) => Promise<boolean>,
): Promise<void> {
  await readMultiCorpOrders(deps).catch((error: unknown) => {
    // What all corps have in common keeps none of them from being read; the next reconciliation tries again.
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ err: error }, 'the list of multi-corp orders could not be read');
  });
  for (let after = ''; ;) {
    const ids = await listUnreadParts(deps.store.db, corpId, after, ORDERS_AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
    if (!(await onPart(await takeOrders(deps, corpId, ids))) || ids.length < ORDERS_AT_ONCE) return;
  }
}

/** Orders on record that WeCom may have changed since: paid, cancelled, given back, voided, codes made. */
export async function reconcileKnownOrders(deps: Deps, corpId: string, { from, tick }: StageRun): Promise<void> {
  for (let after = from ?? ''; ;) {
    const orders = await listOrdersAfter(deps.store.db, corpId, after, ORDERS_AT_ONCE);
    const last = orders.at(-1);
    if (last === undefined) return;
    after = last.order_id;
    const due = orders.filter((order) => !isFinal(order)).map((order) => order.order_id);
    if (!(await tick(after, await takeOrders(deps, corpId, due))) || orders.length < ORDERS_AT_ONCE) return;
  }
}

type OrderChanges = { order: number; code: number };

async function takeOrders(deps: Deps, corpId: string, orderIds: readonly string[]): Promise<OrderChanges> {
  const changes = { order: 0, code: 0 };
  await mapLimited(orderIds, PARALLEL, async (orderId) => {
    const taken = await takeOrder(deps, corpId, orderId, CAUSE);
    changes.order += taken?.written.order ?? 0;
    changes.code += taken?.written.code ?? 0;
  });
  return changes;
}

/** Codes on record, except merged ones: those are dead for good. */
export async function reconcileCodes(deps: Deps, corpId: string, { from, note, tick }: StageRun): Promise<void> {
  for (let after = from ?? ''; ;) {
    const rows = await listLiveCodesAfter(deps.store.db, corpId, after, CODES_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.code;
    const compared = await keepCodes(deps, corpId, rows, CAUSE);
    note(compared);
    if (!(await tick(after, { code: compared.written })) || rows.length < CODES_AT_ONCE) return;
  }
}

/** Codes that another corp gave to this one, and those that this one gave to others. */
export async function reconcileShares(deps: Deps, corpId: string, { tick }: StageRun): Promise<void> {
  await teachReceivers(deps, corpId);
  await tick(null, { code: await learnShares(deps, corpId) });
}

/** Every activated account, by WeCom's own listing. */
export async function reconcileSeats(deps: Deps, corpId: string, { note, tick }: StageRun): Promise<void> {
  await walkSeats(deps, corpId, CAUSE, (compared) => {
    note(compared);
    return tick(null, { seat: compared.written });
  });
}
