import type { Kysely } from 'kysely';
import type { Database, OrdersTable } from './schema';

/** WeCom's order states (97185): waiting for payment, paid, refund asked for, refund refused. */
const UNPAID = 0;
const PAID = 1;
const REFUND_ASKED = 4;
const REFUNDED = 5;
const REFUND_REFUSED = 6;
const VOID = 7;
/** What was never paid has no codes and no members. */
const HAS_CONSEQUENCES = [PAID, REFUND_ASKED, REFUNDED, REFUND_REFUSED, VOID];

/**
 * Orders made since a moment, of corps that have the app, to which something is still to happen, or of which something
 * followed that was not read yet.
 */
export async function listOrdersToPoll(db: Kysely<Database>, sinceMs: number): Promise<OrdersTable[]> {
  return db
    .selectFrom('orders')
    .innerJoin('corps', 'corps.corp_id', 'orders.corp_id')
    .selectAll('orders')
    .where('corps.status', '=', 'installed')
    .where('orders.created_at_ms', '>=', sinceMs)
    .where((eb) =>
      eb.or([
        eb('orders.status', 'in', [UNPAID, REFUND_ASKED]),
        eb.and([eb('orders.status', 'in', [PAID, REFUND_REFUSED]), eb('orders.codes_state', '!=', 'ready')]),
        eb.and([
          eb('orders.status', 'in', HAS_CONSEQUENCES),
          eb.or([
            eb('orders.followed_status', 'is', null),
            eb('orders.followed_status', '!=', eb.ref('orders.status')),
          ]),
        ]),
      ]),
    )
    .execute();
}
