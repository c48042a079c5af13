import type { Transaction } from 'kysely';
import type { Deps } from '../deps';
import { enqueueJob } from '../jobs/queue';
import { listCodes } from '../store/activation-codes';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import { listOrders, markOrdersFollowed, markOrdersRead } from '../store/orders';
import type { ActivationCodesTable, Database, OrdersTable } from '../store/schema';
import { VISIT, type Cause } from './cause';
import { writeLedger } from './ledger/write-ledger';
import { learnShares, teachReceivers } from './learn-shares';
import { leavesPast, listOrderIds, LONG_AGO_MS, windowsInHaste, windowsSince, type Window } from './list-order-ids';
import { mapLimited } from './map-limited';
import { readCodes } from './read-codes';
import { isDue, lacksCodes, nullIfUnknown, readOrder, readOrderCodes, RENEWAL, standsPaid } from './read-order';
import { refreshAutoActivation } from './refresh-corp-licence';

/** Calls of one reading that run side by side. */
const PARALLEL = 4;
/** How soon the reading of a corp's past is asked for again when the last one ended without having read it. */
const PAST_AGAIN_MS = 3_600_000;

type OrderReading = { readonly order: OrdersTable; readonly codes: readonly ActivationCodesTable[] };

export type OrderHistory = readonly [readToMs: number, everPaid: boolean];

export type LedgerOptions = {
  /** An order known to have changed, read whatever its age. */
  readonly orderId?: string;
  readonly cause?: Cause;
};

/**
 * Reads a corp's orders and codes: new orders since the last reading, orders that can still change, and the state of
 * every code. Writes what differs. For one visit's need; a whole corp is walked through by `reconcileCorp`.
 */
export async function refreshLedger(deps: Deps, corpId: string, options: LedgerOptions = {}): Promise<void> {
  const { db } = deps.store;
  await learnShares(deps, corpId);
  const askedAtMs = deps.clock.now();
  const known = new Map((await listOrders(db, corpId)).map((order) => [order.order_id, order]));
  const history = await orderHistory(deps, corpId);
  const [readToMs] = history;
  const read = async (ids: readonly string[]): Promise<OrderReading[]> => {
    const due = ids.filter((id) => id === options.orderId || isDue(known.get(id), askedAtMs));
    const readings = await mapLimited(due, PARALLEL, (id) => readWhole(deps, id, known.get(id), askedAtMs));
    // An order id from an event of another corp would otherwise move its codes here.
    return readings.filter((reading) => reading !== null).filter(({ order }) => order.corp_id === corpId);
  };
  const asked = options.orderId === undefined ? [] : [options.orderId];
  const recent = await listIds(deps, corpId, windowsInHaste(...history, askedAtMs));
  const ids = [...new Set([...recent, ...known.keys(), ...asked])];
  const own = await read(ids);
  // Who has paid and nothing of late has something older: without it the reason would be a wrong one.
  const isOld = leavesPast(...history) && ![...known.values(), ...own.map(({ order }) => order)].some(standsPaid);
  if (isOld) {
    const seen = new Set(ids);
    const past = await listIds(deps, corpId, windowsSince(...history, askedAtMs));
    own.push(...(await read(past.filter((id) => !seen.has(id)))));
  }
  const orders = own.map(({ order }) => order);
  const rows = new Map([...own.flatMap((one) => one.codes), ...(await listCodes(db, corpId))].map((r) => [r.code, r]));
  const codes = await readCodes(deps, corpId, [...rows.values()], askedAtMs);
  const written = await deps.store.transaction(async (trx) => {
    const origin = { ...(options.cause ?? VISIT), observedAtMs: askedAtMs };
    const changes = await writeLedger(deps, trx, corpId, origin, { orders, codes });
    await markOrdersRead(
      trx,
      corpId,
      orders.map((order) => order.order_id),
      askedAtMs,
    );
    // The state of every code has been read since; renewed members have not been.
    await markOrdersFollowed(trx, corpId, { readToMs: askedAtMs, exceptType: RENEWAL });
    // A first payment heard of meanwhile makes the past worth reading: then this reading was not all of it.
    const isWhole = (await findCorpLicence(trx, corpId))?.orders_read_to_ms === readToMs;
    const leaves = leavesPast(...history) && !isOld;
    const times = { ledger_checked_at_ms: askedAtMs, orders_read_to_ms: leaves ? LONG_AGO_MS : askedAtMs };
    if (isWhole) await saveCorpLicence(trx, corpId, times);
    if (leaves) await askForPast(trx, corpId, askedAtMs);
    return changes.order + changes.code;
  });
  if (written > 0) deps.events.changed({ corpId, userId: null });
  await teachReceivers(deps, corpId);
}

async function listIds(deps: Deps, corpId: string, windows: readonly Window[]): Promise<string[]> {
  const pages = await mapLimited(windows, PARALLEL, async (window) => {
    const ids: string[] = [];
    for await (const page of listOrderIds(deps, corpId, window)) ids.push(...page);
    return ids;
  });
  return pages.flat();
}

/** What a visit had no time for: orders from before any account that may still be free. */
async function askForPast(trx: Transaction<Database>, corpId: string, nowMs: number): Promise<void> {
  const again = { endedBeforeMs: nowMs - PAST_AGAIN_MS };
  const job = { kind: 'reconcile-corp', key: `${corpId}/past`, corpId, payload: { corpId }, again } as const;
  await enqueueJob(trx, { ...job, runAtMs: nowMs });
}

/** Up to when a corp's orders were read, and whether it ever paid: WeCom is asked that before its past is searched. */
export async function orderHistory(deps: Deps, corpId: string): Promise<OrderHistory> {
  const before = await findCorpLicence(deps.store.db, corpId);
  if (before !== null && before.orders_read_to_ms > 0) return [before.orders_read_to_ms, before.ever_paid === 1];
  await refreshAutoActivation(deps, corpId);
  return [0, (await findCorpLicence(deps.store.db, corpId))?.ever_paid === 1];
}

/** An order with its codes; null when WeCom knows none of that id: what is on record of it then stands. */
async function readWhole(
  deps: Deps,
  orderId: string,
  known: OrdersTable | undefined,
  askedAtMs: number,
): Promise<OrderReading | null> {
  const order = await readOrder(deps, orderId, known, askedAtMs).catch(nullIfUnknown);
  if (order === null) return null;
  if (!lacksCodes(order)) return { order, codes: [] };
  const codes: ActivationCodesTable[] = [];
  const pages = readOrderCodes(deps, order, askedAtMs);
  for (;;) {
    const page = await pages.next();
    if (page.done) return { order: page.value, codes };
    codes.push(...page.value);
  }
}
