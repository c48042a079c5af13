import type { Kysely } from 'kysely';
import type { Database, OrdersTable } from './schema';

type Db = Kysely<Database>;

/** A corp's licence orders, newest first. */
export async function listOrders(db: Db, corpId: string): Promise<OrdersTable[]> {
  return db
    .selectFrom('orders')
    .selectAll()
    .where('corp_id', '=', corpId)
    .orderBy('created_at_ms', 'desc')
    .orderBy('order_id')
    .execute();
}

/** Keeps an order as WeCom told it. */
export async function saveOrder(db: Db, order: OrdersTable): Promise<void> {
  await db
    .insertInto('orders')
    .values(order)
    .onConflict((conflict) => conflict.column('order_id').doUpdateSet(order))
    .execute();
}
