import type { Kysely, Transaction } from 'kysely';
import { findCodes, saveCodes } from '../../store/activation-codes';
import { findOrders, saveOrders } from '../../store/orders';
import { findSeats, saveSeats } from '../../store/seats';
import type { ActivationCodesTable, CorpLicencesTable, Database, OrdersTable, SeatsTable } from '../../store/schema';

/** What the writer needs to know about the table of one subject. */
export type Book<Row> = {
  readonly idOf: (row: Row) => string;
  /** The rows on record under the ids of these. */
  readonly find: (db: Kysely<Database>, corpId: string, rows: readonly Row[]) => Promise<readonly Row[]>;
  readonly save: (trx: Transaction<Database>, rows: readonly Row[]) => Promise<void>;
  /** When the row was seen to be so. */
  readonly seenAtMs: (row: Row) => number;
};

export const ORDERS: Book<OrdersTable> = {
  idOf: (row) => row.order_id,
  find: (db, corpId, rows) =>
    findOrders(
      db,
      corpId,
      rows.map((row) => row.order_id),
    ),
  save: saveOrders,
  seenAtMs: (row) => row.checked_at_ms,
};

export const CODES: Book<ActivationCodesTable> = {
  idOf: (row) => row.code,
  find: (db, corpId, rows) =>
    findCodes(
      db,
      corpId,
      rows.map((row) => row.code),
    ),
  save: saveCodes,
  seenAtMs: (row) => row.checked_at_ms,
};

export const SEATS: Book<SeatsTable> = {
  idOf: seatId,
  find: (db, corpId, rows) => findSeats(db, corpId, [...new Set(rows.map((row) => row.user_id))]),
  save: saveSeats,
  seenAtMs: (row) => row.seen_at_ms,
};

export type LicenceFacts = Partial<
  Pick<
    CorpLicencesTable,
    'checking' | 'trial_starts_at_ms' | 'trial_ends_at_ms' | 'check_from_ms' | 'auto_activation' | 'ever_paid'
  >
>;

/** A seat's id in the history. */
export function seatId({ type, user_id: userId }: Pick<SeatsTable, 'type' | 'user_id'>): string {
  return `${userId}/${type}`;
}
