import type { Deps } from '../deps';
import type { ActivationCodesTable, OrdersTable } from '../store/schema';
import type { CodeInfo } from '../wecom/client';
import { typeNumber } from './account-types';
import { findCodeInfos } from './code-infos';
import { mapLimited } from './map-limited';
import { standsPaid } from './read-order';

/** batch_get_active_info_by_code takes at most 1000 codes (95552 / 97189). */
const BATCH = 1000;
const PARALLEL = 4;
/** A merged code is dead for good. */
const MERGED = 5;

type Ledger = {
  readonly corpId: string;
  readonly askedAtMs: number;
  readonly before: readonly ActivationCodesTable[];
  /** Codes that orders have just brought. */
  readonly fresh: readonly ActivationCodesTable[];
  readonly orders: ReadonlyMap<string, OrdersTable>;
};

/** Reads the state of every code that can still change and gives the rows that differ from the record. */
export async function readCodes(deps: Deps, ledger: Ledger): Promise<ActivationCodesTable[]> {
  const known = new Map(ledger.before.map((row) => [row.code, row]));
  const rows = new Map([...ledger.fresh, ...ledger.before].map((row) => [row.code, row]));
  const live = [...rows.values()].filter((row) => row.status !== MERGED && orderStands(row, ledger.orders));
  const batches: string[][] = [];
  for (let from = 0; from < live.length; from += BATCH) batches.push(live.slice(from, from + BATCH).map((r) => r.code));
  const infos = await mapLimited(batches, PARALLEL, (codes) => findCodeInfos(deps, ledger.corpId, codes));
  for (const info of infos.flat()) {
    const row = rows.get(info.code);
    if (row !== undefined) rows.set(info.code, withInfo(row, info, ledger.askedAtMs));
  }
  return [...rows.values()].filter((row) => differs(known.get(row.code), row));
}

function orderStands(row: ActivationCodesTable, orders: Ledger['orders']): boolean {
  const order = row.order_id === null ? undefined : orders.get(row.order_id);
  return order === undefined || standsPaid(order);
}

function withInfo(row: ActivationCodesTable, info: CodeInfo, atMs: number): ActivationCodesTable {
  return {
    ...row,
    type: typeNumber(info.type),
    status: info.status,
    user_id: info.userId,
    created_at_ms: info.createdAtMs ?? row.created_at_ms,
    active_at_ms: info.activeAtMs,
    expires_at_ms: info.expiresAtMs,
    checked_at_ms: atMs,
  };
}

const COMPARED = ['type', 'status', 'user_id', 'created_at_ms', 'active_at_ms', 'expires_at_ms'] as const;

function differs(known: ActivationCodesTable | undefined, row: ActivationCodesTable): boolean {
  return known === undefined || COMPARED.some((column) => known[column] !== row[column]);
}
