import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { findCorpLicence } from '../store/corp-licences';
import { listOrders } from '../store/orders';
import { listOpenRequests } from '../store/requests';
import type { CorpLicencesTable, OrdersTable, RequestsTable, SeatsTable } from '../store/schema';
import { listSeats } from '../store/seats';
import { readPools, type Pools } from './account-pools';
import { refreshInTime } from './refresh-once';
import { readingOf, type Source } from './sources';

/** Everything the licence page of one corp is drawn from. */
export type AdminOverview = {
  readonly licence: CorpLicencesTable | null;
  readonly pools: Pools;
  readonly seats: readonly SeatsTable[];
  readonly requests: readonly RequestsTable[];
  readonly orders: readonly OrdersTable[];
  /** False when WeCom was too slow or silent: the rest is what was known before. */
  readonly complete: boolean;
  readonly atMs: number;
};

const FRESH_MS = 60_000;
const DEADLINE_MS = 2500;

const CHECKED_AT = {
  licence: 'licence_checked_at_ms',
  autoActivation: 'auto_checked_at_ms',
  ledger: 'ledger_checked_at_ms',
  corpSeats: 'seats_checked_at_ms',
} as const satisfies Partial<Record<Source, keyof CorpLicencesTable>>;

/** Reads a corp's licences as its administrators see them, refreshed where older than a minute, or now with `force`. */
export async function readOverview(deps: Deps, corpId: string, force: boolean): Promise<AdminOverview> {
  const { db } = deps.store;
  const before = await findCorpLicence(db, corpId);
  const elapsedMs = startStopwatch();
  const readings = Object.entries(CHECKED_AT).map(async ([source, column]) => {
    const ageMs = deps.clock.now() - (before?.[column] ?? 0);
    if (!force && ageMs >= 0 && ageMs < FRESH_MS) return true;
    const { key, work } = readingOf(deps, source as keyof typeof CHECKED_AT, corpId, '');
    return refreshInTime(deps, key, work, DEADLINE_MS - elapsedMs());
  });
  const complete = (await Promise.all(readings)).every(Boolean);
  const atMs = deps.clock.now();
  const [licence, pools, seats, requests, orders] = await Promise.all([
    findCorpLicence(db, corpId),
    readPools(db, corpId, atMs, deps.config.utcOffsetMinutes),
    listSeats(db, corpId),
    listOpenRequests(db, corpId),
    listOrders(db, corpId),
  ]);
  return { licence, pools, seats, requests, orders, complete, atMs };
}
