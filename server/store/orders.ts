import type { Kysely } from 'kysely';
import { isAmong } from './among';
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

/** Those of these orders that are this corp's and known. */
export async function findOrders(db: Db, corpId: string, orderIds: readonly string[]): Promise<OrdersTable[]> {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom('orders')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where(isAmong(db, 'order_id', orderIds))
    .execute();
}

/** A corp's orders in the order of their ids, from the one after `afterId`: for walking through all of them. */
export async function listOrdersAfter(db: Db, corpId: string, afterId: string, limit: number): Promise<OrdersTable[]> {
  return db
    .selectFrom('orders')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('order_id', '>', afterId)
    .orderBy('order_id')
    .limit(limit)
    .execute();
}

/**
 * Keeps orders as WeCom told them; what was followed of a known one stays. The ledger's writer is the only caller
 * (server/licences/ledger).
 */
export async function saveOrders(db: Db, orders: readonly OrdersTable[]): Promise<void> {
  for (const order of orders) {
    const { followed_status: _followed, ...told } = order;
    await db
      .insertInto('orders')
      .values(order)
      .onConflict((conflict) => conflict.column('order_id').doUpdateSet(told))
      .execute();
  }
}

/** Notes when orders were last read, whatever they said. */
export async function markOrdersRead(db: Db, corpId: string, orderIds: readonly string[], atMs: number): Promise<void> {
  if (orderIds.length === 0) return;
  await db
    .updateTable('orders')
    .set({ checked_at_ms: atMs })
    .where('corp_id', '=', corpId)
    .where(isAmong(db, 'order_id', orderIds))
    .execute();
}

/** Notes that what follows from an order's status has been read; of another status, which it has by now, nothing has. */
export async function markOrderFollowed(
  db: Db,
  { corp_id, order_id, status }: Pick<OrdersTable, 'corp_id' | 'order_id' | 'status'>,
): Promise<void> {
  await db
    .updateTable('orders')
    .set({ followed_status: status })
    .where('corp_id', '=', corp_id)
    .where('order_id', '=', order_id)
    .where('status', '=', status)
    .execute();
}

/**
 * The same of every order of these types that was last read at `readToMs` or before, for who has then read everything
 * that could follow.
 */
export async function markOrdersFollowed(
  db: Db,
  corpId: string,
  { exceptType, readToMs }: { readonly readToMs: number; readonly exceptType?: number },
): Promise<void> {
  await db
    .updateTable('orders')
    .set((eb) => ({ followed_status: eb.ref('status') }))
    .where('corp_id', '=', corpId)
    .where('checked_at_ms', '<=', readToMs)
    .$if(exceptType !== undefined, (query) => query.where('type', '!=', exceptType ?? 0))
    .where((eb) => eb.or([eb('followed_status', 'is', null), eb('followed_status', '!=', eb.ref('status'))]))
    .execute();
}
