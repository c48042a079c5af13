import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { findCorpLicence } from '../store/corp-licences';
import { listOrders } from '../store/orders';
import { listOpenRequests } from '../store/requests';
import type { CorpLicencesTable, OrdersTable, RequestsTable, SeatsTable } from '../store/schema';
import { listSeats } from '../store/seats';
import { readPools, type Pools } from './account-pools';
import { refreshInTime, refreshOnce } from './refresh-once';
import { readingOf, type Reading, type Source } from './sources';

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
  const elapsedMs = startStopwatch();
  const due = await listDueReadings(deps, corpId, force);
  const complete = await Promise.all(
    due.map(({ key, work }) => refreshInTime(deps, key, work, DEADLINE_MS - elapsedMs())),
  );
  return { ...(await readOnRecord(deps, corpId)), complete: complete.every(Boolean) };
}

/**
 * The same for a job, which waits as long as the reading takes: minutes for a large corp. What it brought counts, however
 * long ago it began. Throws `wecom.*` when WeCom is silent.
 */
export async function readWholeOverview(deps: Deps, corpId: string): Promise<AdminOverview> {
  const due = await listDueReadings(deps, corpId, false);
  await Promise.all(due.map(({ key, work }) => refreshOnce(deps, key, work)));
  return { ...(await readOnRecord(deps, corpId)), complete: true };
}

async function listDueReadings(deps: Deps, corpId: string, force: boolean): Promise<Reading[]> {
  const before = await findCorpLicence(deps.store.db, corpId);
  const nowMs = deps.clock.now();
  const due = Object.entries(CHECKED_AT).filter(([, column]) => {
    const ageMs = nowMs - (before?.[column] ?? 0);
    return force || ageMs < 0 || ageMs >= FRESH_MS;
  });
  return due.map(([source]) => readingOf(deps, source as keyof typeof CHECKED_AT, corpId, ''));
}

async function readOnRecord(deps: Deps, corpId: string): Promise<Omit<AdminOverview, 'complete'>> {
  const { db } = deps.store;
  const atMs = deps.clock.now();
  const [licence, pools, seats, requests, orders] = await Promise.all([
    findCorpLicence(db, corpId),
    readPools(db, corpId, atMs, deps.config.utcOffsetMinutes),
    listSeats(db, corpId),
    listOpenRequests(db, corpId),
    listOrders(db, corpId),
  ]);
  return { licence, pools, seats, requests, orders, atMs };
}
