import { ACTIVATION_DEADLINE_DAYS, activationDeadlineMs } from '../../domain/seats';
import { DAY_MS, windowOpensAtMs } from '../../domain/calendar';
import type { AccountPool, Accounts, AccountType } from '../../domain/facts';
import { countCodes, type CodeCount } from '../store/activation-codes';
import { countLiveSeats } from '../store/seats';
import { listOrders } from '../store/orders';
import type { Store } from '../store/store';
import type { OrdersTable } from '../store/schema';
import { typeNumber } from './account-types';
import { standsPaid } from './read-order';

/** Nothing bought. */
const NO_POOL: AccountPool = {
  free: 0,
  freeUntilMs: null,
  lapsedAtMs: null,
  total: 0,
  generating: false,
  freesAtMs: null,
};

type Waiting = { readonly count: number; readonly untilMs: number | null };

/** What the corp holds, the nearest deadline among its free accounts, and what leavers left behind. */
export type Pools = Accounts & {
  readonly activateByMs: number | null;
  readonly waiting: Readonly<Record<AccountType, Waiting>>;
};

const NONE_WAITING: Waiting = { count: 0, untilMs: null };

/** Nothing was ever read. */
export const NO_POOLS: Pools = {
  base: NO_POOL,
  external_contact: NO_POOL,
  activateByMs: null,
  waiting: { base: NONE_WAITING, external_contact: NONE_WAITING },
};

/** A leaver's account is freed in the small hours of the next day (97189); by this hour it surely is. */
const FREED_BY_MS = 6 * 3_600_000;

/**
 * The accounts as one visit can get at them. An account that a leaver left waiting is handed on by WeCom's own activation
 * only, so it is free to a visit that sets that off, and to no other.
 */
export function accountsFor(pools: Pools, platformActivates: boolean): Accounts {
  const pool = (type: AccountType): AccountPool => {
    if (!platformActivates) return { ...pools[type], freesAtMs: null };
    const { count, untilMs } = pools.waiting[type];
    if (count === 0) return pools[type];
    const untils = [pools[type].freeUntilMs, untilMs].filter((at) => at !== null);
    return { ...pools[type], free: pools[type].free + count, freeUntilMs: Math.max(...untils) };
  };
  return { base: pool('base'), external_contact: pool('external_contact') };
}

/** Counts a corp's accounts from the ledger on record. */
export async function readPools(
  db: Store['db'],
  corpId: string,
  nowMs: number,
  utcOffsetMinutes: number,
): Promise<Pools> {
  const counts = await countCodes(db, corpId, nowMs - ACTIVATION_DEADLINE_DAYS * DAY_MS, nowMs);
  const seats = await countLiveSeats(db, corpId, nowMs);
  const orders = await listOrders(db, corpId);
  const pool = (type: AccountType) => {
    const held = seats.find((count) => count.type === typeNumber(type))?.seats ?? 0;
    const found = poolOf(
      counts.find((count) => count.type === typeNumber(type)),
      orders.some((order) => isGenerating(order, type)),
      windowOpensAtMs(nowMs - FREED_BY_MS + DAY_MS, 0, utcOffsetMinutes) + FREED_BY_MS,
    );
    // Who holds a seat has an account, though its order may be too old, or a migration's, to be listed.
    return { ...found, total: Math.max(found.total, held) };
  };
  const oldest = counts.map((count) => count.oldestFreeMs).filter((at) => at !== null);
  return {
    base: pool('base'),
    external_contact: pool('external_contact'),
    activateByMs: oldest.length === 0 ? null : activationDeadlineMs(Math.min(...oldest)),
    waiting: { base: waitingOf(counts, 'base'), external_contact: waitingOf(counts, 'external_contact') },
  };
}

function poolOf(count: CodeCount | undefined, generating: boolean, freedAtMs: number): AccountPool {
  if (count === undefined) return { ...NO_POOL, generating };
  return {
    free: count.free,
    freeUntilMs: count.newestFreeMs === null ? null : activationDeadlineMs(count.newestFreeMs),
    lapsedAtMs: count.newestLapsedMs === null ? null : activationDeadlineMs(count.newestLapsedMs),
    total: count.total,
    generating,
    freesAtMs: count.held > 0 ? freedAtMs : null,
  };
}

function waitingOf(counts: readonly CodeCount[], type: AccountType): Waiting {
  const found = counts.find((count) => count.type === typeNumber(type));
  return found === undefined ? NONE_WAITING : { count: found.waiting, untilMs: found.waitingUntilMs };
}

function isGenerating(order: OrdersTable, type: AccountType): boolean {
  if (!standsPaid(order) || order.codes_state !== 'generating') return false;
  return (type === 'base' ? order.base_count : order.external_contact_count) > 0;
}
