import { sql, type Kysely } from 'kysely';
import { isAmong } from './among';
import { insertMany, type ColumnTypes } from './insert-many';
import type { ActivationCodesTable, Database } from './schema';

type Db = Kysely<Database>;

/** WeCom's states of a code (97189) that the counts below speak of. */
/** WeCom knows the code no more: its order was given back. */
const GONE = 0;
const UNBOUND = 1;
const BOUND = 2;
const EXPIRED = 3;
const AWAITING_TRANSFER = 4;
const MERGED = 5;
const SHARED = 6;
/** Order states (97185) whose codes are worth nothing any more: refunded, void. */
const FALLEN_ORDERS = [5, 7];

/** A corp's codes, as last read. */
export async function listCodes(db: Db, corpId: string): Promise<ActivationCodesTable[]> {
  return db.selectFrom('activation_codes').selectAll().where('corp_id', '=', corpId).orderBy('code').execute();
}

/** The code that a member's seat of a type hangs on, if the ledger knows it. */
export async function findCodeOfMember(db: Db, corpId: string, userId: string, type: number): Promise<string | null> {
  const row = await db
    .selectFrom('activation_codes')
    .select('code')
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('type', '=', type)
    .where('status', '=', BOUND)
    .executeTakeFirst();
  return row?.code ?? null;
}

/** Those of these codes that this corp knows. */
export async function findCodes(db: Db, corpId: string, codes: readonly string[]): Promise<ActivationCodesTable[]> {
  if (codes.length === 0) return [];
  return db
    .selectFrom('activation_codes')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where(isAmong(db, 'code', codes))
    .execute();
}

/** A corp's codes that may still change, in their own order from the one after `afterCode`. */
export async function listLiveCodesAfter(
  db: Db,
  corpId: string,
  afterCode: string,
  limit: number,
): Promise<ActivationCodesTable[]> {
  return liveCodesAfter(db, corpId, afterCode, limit).selectAll().execute();
}

/** The names of the same codes alone. */
export async function listLiveCodeNamesAfter(
  db: Db,
  corpId: string,
  afterCode: string,
  limit: number,
): Promise<string[]> {
  const rows = await liveCodesAfter(db, corpId, afterCode, limit).select('code').execute();
  return rows.map((row) => row.code);
}

function liveCodesAfter(db: Db, corpId: string, afterCode: string, limit: number) {
  return db
    .selectFrom('activation_codes')
    .where('corp_id', '=', corpId)
    .where('status', '!=', MERGED)
    .where('code', '>', afterCode)
    .orderBy('code')
    .limit(limit);
}

/** The codes of one order, in their own order from the one after `afterCode`. */
export async function listCodesOfOrderAfter(
  db: Db,
  corpId: string,
  orderId: string,
  afterCode: string,
  limit: number,
): Promise<ActivationCodesTable[]> {
  return db
    .selectFrom('activation_codes')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('order_id', '=', orderId)
    .where('code', '>', afterCode)
    .orderBy('code')
    .limit(limit)
    .execute();
}

/** Codes on record as somebody's whose time is over, in their own order from the one after `afterCode`. */
export async function listLapsedCodes(
  db: Db,
  corpId: string,
  nowMs: number,
  afterCode: string,
  limit: number,
): Promise<ActivationCodesTable[]> {
  return db
    .selectFrom('activation_codes')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('status', 'in', [BOUND, AWAITING_TRANSFER])
    .where('expires_at_ms', '<=', nowMs)
    .where('code', '>', afterCode)
    .orderBy('code')
    .limit(limit)
    .execute();
}

/** Codes that members of a corp are bound to, ended ones included. */
export async function findCodesOfMembers(
  db: Db,
  corpId: string,
  userIds: readonly string[],
): Promise<ActivationCodesTable[]> {
  if (userIds.length === 0) return [];
  return db
    .selectFrom('activation_codes')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where(isAmong(db, 'user_id', userIds))
    .where('status', 'in', [BOUND, EXPIRED, AWAITING_TRANSFER])
    .execute();
}

const COLUMNS: ColumnTypes<'activation_codes'> = {
  corp_id: 'text',
  code: 'text',
  order_id: 'text',
  type: 'bigint',
  status: 'bigint',
  user_id: 'text',
  created_at_ms: 'bigint',
  active_at_ms: 'bigint',
  expires_at_ms: 'bigint',
  merged_into: 'text',
  merged_from: 'text',
  shared_to: 'text',
  shared_from: 'text',
  checked_at_ms: 'bigint',
};

/** Keeps codes as WeCom told them. The ledger's writer is the only caller (server/licences/ledger). */
export async function saveCodes(db: Db, codes: readonly ActivationCodesTable[]): Promise<void> {
  await insertMany(db, 'activation_codes', COLUMNS, codes, (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(['corp_id', 'code']).doUpdateSet((eb) => ({
        order_id: eb.ref('excluded.order_id'),
        type: eb.ref('excluded.type'),
        status: eb.ref('excluded.status'),
        user_id: eb.ref('excluded.user_id'),
        created_at_ms: eb.ref('excluded.created_at_ms'),
        active_at_ms: eb.ref('excluded.active_at_ms'),
        expires_at_ms: eb.ref('excluded.expires_at_ms'),
        merged_into: eb.ref('excluded.merged_into'),
        merged_from: eb.ref('excluded.merged_from'),
        shared_to: eb.ref('excluded.shared_to'),
        shared_from: eb.ref('excluded.shared_from'),
        checked_at_ms: eb.ref('excluded.checked_at_ms'),
      })),
    ),
  );
}

/** One account type's codes, counted. Moments are those of the codes' making. */
export type CodeCount = {
  readonly type: number;
  readonly free: number;
  /** Making of the newest, and of the oldest, code that is free. */
  readonly newestFreeMs: number | null;
  readonly oldestFreeMs: number | null;
  /** Making of the newest code that nobody bound in time. */
  readonly newestLapsedMs: number | null;
  readonly total: number;
  /** In-date codes bound to members who left or fell out of range: they come free in the night. */
  readonly held: number;
  /** In-date codes of leavers that WeCom hands to the next member it activates, and when the last of them ends. */
  readonly waiting: number;
  readonly waitingUntilMs: number | null;
};

/**
 * Counts a corp's standing codes by type. Codes of refunded and void orders, merged and given-away ones do not count.
 * @param madeAfterMs codes made before this passed their activation deadline
 */
export async function countCodes(db: Db, corpId: string, madeAfterMs: number, nowMs: number): Promise<CodeCount[]> {
  const free = sql<boolean>`(c.status = ${UNBOUND} and c.created_at_ms > ${madeAfterMs})`;
  const lapsed = sql<boolean>`(c.status in (${UNBOUND}, ${EXPIRED}) and c.user_id is null and c.created_at_ms <= ${madeAfterMs})`;
  const left = sql<boolean>`(c.status = ${BOUND} and c.expires_at_ms > ${nowMs} and m.in_range = 0)`;
  const waiting = sql<boolean>`(c.status = ${AWAITING_TRANSFER} and c.expires_at_ms > ${nowMs})`;
  const rows = await db
    .selectFrom('activation_codes as c')
    .leftJoin('orders as o', 'o.order_id', 'c.order_id')
    .leftJoin('members as m', (join) => join.onRef('m.corp_id', '=', 'c.corp_id').onRef('m.user_id', '=', 'c.user_id'))
    .select([
      'c.type',
      sql<number>`sum(case when ${free} then 1 else 0 end)`.as('free'),
      sql<number | null>`max(case when ${free} then c.created_at_ms end)`.as('newestFreeMs'),
      sql<number | null>`min(case when ${free} then c.created_at_ms end)`.as('oldestFreeMs'),
      sql<number | null>`max(case when ${lapsed} then c.created_at_ms end)`.as('newestLapsedMs'),
      sql<number>`count(*)`.as('total'),
      sql<number>`sum(case when ${left} then 1 else 0 end)`.as('held'),
      sql<number>`sum(case when ${waiting} then 1 else 0 end)`.as('waiting'),
      sql<number | null>`max(case when ${waiting} then c.expires_at_ms end)`.as('waitingUntilMs'),
    ])
    .where('c.corp_id', '=', corpId)
    .where('c.status', 'not in', [GONE, MERGED, SHARED])
    .where((eb) => eb.or([eb('o.status', 'is', null), eb('o.status', 'not in', FALLEN_ORDERS)]))
    .groupBy('c.type')
    .execute();
  // PostgreSQL hands sums and counts out as text.
  const moment = (value: number | null) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    type: row.type,
    free: Number(row.free),
    newestFreeMs: moment(row.newestFreeMs),
    oldestFreeMs: moment(row.oldestFreeMs),
    newestLapsedMs: moment(row.newestLapsedMs),
    total: Number(row.total),
    held: Number(row.held),
    waiting: Number(row.waiting),
    waitingUntilMs: moment(row.waitingUntilMs),
  }));
}
