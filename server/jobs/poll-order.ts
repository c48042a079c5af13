import type { Deps } from '../deps';
import { pollOrder } from '../licences/poll-order';
import { findCorp } from '../store/corps';
import { findOrders } from '../store/orders';
import { listOrdersToPoll } from '../store/orders-due';
import type { Again } from './job';
import { enqueueJob } from './queue';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An order that nothing happens to for so long is left to the nightly reconciliation. */
const GIVEN_UP_MS = 45 * DAY_MS;

/** How soon to look again by the age of the order: codes take minutes, a payment may take days. */
const INTERVALS: readonly (readonly [untilAgeMs: number, everyMs: number])[] = [
  [2 * MINUTE_MS, 5 * SECOND_MS],
  [15 * MINUTE_MS, 30 * SECOND_MS],
  [2 * HOUR_MS, 5 * MINUTE_MS],
  [2 * DAY_MS, 30 * MINUTE_MS],
  [GIVEN_UP_MS, 6 * HOUR_MS],
];

/** How long to wait before an order, made or paid so long ago, is looked at again; null: not any more. */
export function pollIntervalMs(ageMs: number): number | null {
  return INTERVALS.find(([untilAgeMs]) => ageMs < untilAgeMs)?.[1] ?? null;
}

/** Looks at an order until nothing more is to happen to it: WeCom's callbacks may be lost, and codes come by themselves. */
export async function pollOrderOnce(
  deps: Deps,
  { corpId, orderId }: { readonly corpId: string; readonly orderId: string },
): Promise<Again | void> {
  if ((await findCorp(deps.store.db, corpId))?.status !== 'installed') return;
  if ((await pollOrder(deps, corpId, orderId)).settled) return;
  const [order] = await findOrders(deps.store.db, corpId, [orderId]);
  if (order === undefined) return;
  const nowMs = deps.clock.now();
  const everyMs = pollIntervalMs(nowMs - (order.paid_at_ms ?? order.created_at_ms));
  return everyMs === null ? undefined : { againAtMs: nowMs + everyMs };
}

/** An order was heard of: it is looked at in a moment, and from then on until nothing more is to happen. */
export async function followOrder({ clock, store }: Deps, corpId: string, orderId: string): Promise<void> {
  const runAtMs = clock.now() + 5 * SECOND_MS;
  const payload = { corpId, orderId };
  await enqueueJob(store.db, { kind: 'poll-order', key: orderId, corpId, payload, runAtMs, again: true });
}

/** A look that was given up, or found nothing to do, is not repeated before this has passed. */
const LOOK_AGAIN_MS = HOUR_MS;

/**
 * Asks for a look at every order on record to which something is still to happen: one that ended while that is so is begun
 * anew, since it may have been given up while WeCom was away. The state is part of the key.
 */
export async function planOrders({ clock, store }: Deps): Promise<void> {
  const nowMs = clock.now();
  for (const order of await listOrdersToPoll(store.db, nowMs - GIVEN_UP_MS)) {
    const { codes_state, corp_id: corpId, order_id: orderId, status } = order;
    const key = `${orderId}/${status}/${codes_state}`;
    const again = { endedBeforeMs: nowMs - LOOK_AGAIN_MS };
    await enqueueJob(store.db, {
      kind: 'poll-order',
      key,
      corpId,
      payload: { corpId, orderId },
      runAtMs: nowMs,
      again,
    });
  }
}
