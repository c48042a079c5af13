import type { Kysely } from 'kysely';
import { insertMany, type ColumnTypes } from './insert-many';
import type { Database, MultiCorpPartsTable } from './schema';

type Db = Kysely<Database>;

const COLUMNS: ColumnTypes<'multi_corp_parts'> = { order_id: 'text', corp_id: 'text', parent_order_id: 'text' };

/** Keeps the parts of a multi-corp order, which never change. */
export async function saveParts(db: Db, parts: readonly MultiCorpPartsTable[]): Promise<void> {
  await insertMany(db, 'multi_corp_parts', COLUMNS, parts, (insert) =>
    insert.onConflict((conflict) => conflict.column('order_id').doNothing()),
  );
}

/** Those of these multi-corp orders whose parts are kept. */
export async function findKnownParents(db: Db, orderIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (orderIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('multi_corp_parts')
    .select('parent_order_id')
    .distinct()
    .where('parent_order_id', 'in', orderIds)
    .execute();
  return new Set(rows.map((row) => row.parent_order_id));
}

/** The multi-corp order that this one is a part of, as far as that was read. */
export async function findParent(db: Db, orderId: string): Promise<string | null> {
  const row = await db
    .selectFrom('multi_corp_parts')
    .select('parent_order_id')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row?.parent_order_id ?? null;
}

/** Ids of a corp's parts that are not among its orders yet, in their own order from the one after `afterId`. */
export async function listUnreadParts(db: Db, corpId: string, afterId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('multi_corp_parts as part')
    .select('part.order_id')
    .where('part.corp_id', '=', corpId)
    .where('part.order_id', '>', afterId)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('orders').select('orders.order_id').whereRef('orders.order_id', '=', 'part.order_id')),
      ),
    )
    .orderBy('part.order_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.order_id);
}

/** Up to which order time the provider's own list of orders was read; 0 when never. */
export async function findProviderReadTo(db: Db, providerId: string): Promise<number> {
  const row = await db
    .selectFrom('provider_orders')
    .select('read_to_ms')
    .where('provider_id', '=', providerId)
    .executeTakeFirst();
  return row?.read_to_ms ?? 0;
}

export async function saveProviderReadTo(db: Db, providerId: string, readToMs: number): Promise<void> {
  await db
    .insertInto('provider_orders')
    .values({ provider_id: providerId, read_to_ms: readToMs })
    .onConflict((conflict) => conflict.column('provider_id').doUpdateSet({ read_to_ms: readToMs }))
    .execute();
}
