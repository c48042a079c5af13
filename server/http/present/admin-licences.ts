import { createHash } from 'node:crypto';
import { daysLeft } from '../../../domain/calendar';
import { REASONS } from '../../../domain/reasons';
import { trialRuns } from '../../../domain/trial';
import type { Config } from '../../config';
import { accountType } from '../../licences/account-types';
import type { AdminOverview } from '../../licences/admin-overview';
import type { OrdersTable, RequestsTable, SeatsTable } from '../../store/schema';
import type { AdminLicences, AdminRequest, AdminSeat } from '../contract/admin';
import { localTime, presentTime } from './time';

type Policy = Pick<Config, 'utcOffsetMinutes' | 'warningDays' | 'purchaseUrl'>;

const TAG_LENGTH = 4;
/** A year of 372 days, begun on any day of this month, ends within them. */
const MONTHS = 14;

/** Tells members apart where names cannot be read; says nothing about who they are. */
export function memberTag(userId: string): string {
  return createHash('sha256').update(userId).digest('hex').slice(0, TAG_LENGTH).toUpperCase();
}

/** The licence page of one corp as JSON. The only way out for an overview. */
export function presentOverview(overview: AdminOverview, config: Policy): AdminLicences {
  const { atMs, licence, orders, pools, requests, seats } = overview;
  const live = seats.filter((seat) => seat.expires_at_ms > atMs);
  return {
    bought: pools.base.total + pools.external_contact.total,
    inUse: live.length,
    free: pools.base.free + pools.external_contact.free,
    waiting: new Set(requests.map((request) => request.user_id)).size,
    generating: pools.base.generating || pools.external_contact.generating,
    checking: licence?.checking === 1,
    trial: presentTrial(overview, config),
    checkFrom: moment(licence?.check_from_ms ?? null, config),
    autoActivation: licence?.auto_activation === 1,
    everPaid: licence?.ever_paid === 1,
    activateBy: moment(pools.activateByMs, config),
    endsByMonth: presentMonths(live, atMs, config),
    seats: seats.map((seat) => presentSeat(seat, atMs, config)),
    requests: requests.flatMap((request) => presentRequest(request, config)),
    orders: orders.map((order) => presentOrder(order, config)),
    purchaseUrl: config.purchaseUrl,
    checkedAt: presentTime(checkedAtMs(overview), config),
    complete: overview.complete,
  };
}

function moment(atMs: number | null, config: Policy): string | null {
  return atMs === null ? null : presentTime(atMs, config);
}

function presentTrial({ atMs, licence }: AdminOverview, config: Policy): AdminLicences['trial'] {
  const endsAtMs = licence?.trial_ends_at_ms ?? null;
  if (licence === null || endsAtMs === null) return null;
  const startsAtMs = licence.trial_starts_at_ms ?? endsAtMs;
  const running = trialRuns({ checking: true, trial: { startsAtMs, endsAtMs }, checkFromMs: null }, atMs);
  return {
    startsAt: presentTime(startsAtMs, config),
    endsAt: presentTime(endsAtMs, config),
    daysLeft: daysLeft(atMs, endsAtMs, config.utcOffsetMinutes),
    running,
  };
}

/** The oldest of the readings that the page rests on. */
function checkedAtMs({ atMs, licence }: AdminOverview): number {
  if (licence === null) return atMs;
  const { auto_checked_at_ms, ledger_checked_at_ms, licence_checked_at_ms, seats_checked_at_ms } = licence;
  const read = [auto_checked_at_ms, ledger_checked_at_ms, licence_checked_at_ms, seats_checked_at_ms];
  return Math.min(atMs, ...read.filter((at) => at > 0));
}

/** Seats that end in each of the next months, this one included. */
function presentMonths(live: readonly SeatsTable[], nowMs: number, config: Policy): AdminLicences['endsByMonth'] {
  const counts = new Map<string, number>();
  const { month: first, year } = localTime(nowMs, config);
  for (let index = 0; index < MONTHS; index += 1) {
    const months = first - 1 + index;
    counts.set(monthKey(year + Math.floor(months / 12), (months % 12) + 1), 0);
  }
  for (const seat of live) {
    const end = localTime(seat.expires_at_ms, config);
    const key = monthKey(end.year, end.month);
    const count = counts.get(key);
    if (count !== undefined) counts.set(key, count + 1);
  }
  return [...counts].map(([month, count]) => ({ month, seats: count }));
}

function monthKey(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}

function presentSeat(seat: SeatsTable, nowMs: number, config: Policy): AdminSeat {
  const left = daysLeft(nowMs, seat.expires_at_ms, config.utcOffsetMinutes);
  const valid = seat.expires_at_ms > nowMs;
  return {
    userId: seat.user_id,
    tag: memberTag(seat.user_id),
    type: accountType(seat.type),
    expiresAt: presentTime(seat.expires_at_ms, config),
    daysLeft: left,
    state: !valid ? 'expired' : left <= config.warningDays ? 'expiring' : 'valid',
  };
}

function presentRequest(request: RequestsTable, config: Policy): AdminRequest[] {
  const reason = REASONS.find((known) => known === request.reason);
  if (reason === undefined) return [];
  const { asked_at_ms: askedAtMs, id, user_id: userId } = request;
  return [{ id, userId, tag: memberTag(userId), reason, askedAt: presentTime(askedAtMs, config) }];
}

function presentOrder(order: OrdersTable, config: Policy): AdminLicences['orders'][number] {
  return {
    orderId: order.order_id,
    status: order.codes_state === 'generating' ? 'generating' : (ORDER_STATUS[order.status] ?? 'other'),
    base: order.base_count,
    externalContact: order.external_contact_count,
    createdAt: presentTime(order.created_at_ms, config),
  };
}

/** WeCom's order states (97185): refund asked for (4) is `other`, a refused refund (6) leaves the order paid. */
const ORDER_STATUS: Readonly<Record<number, string>> = {
  0: 'unpaid',
  1: 'paid',
  2: 'cancelled',
  3: 'cancelled',
  5: 'refunded',
  6: 'paid',
  7: 'cancelled',
};
