import type { Deps } from '../deps';
import { AppError } from '../errors';
import { saveCorpLicence } from '../store/corp-licences';
import { listLapsedCodes } from '../store/activation-codes';
import { markSeatsDoubtful } from '../store/members';
import { markOrderFollowed } from '../store/orders';
import type { OrdersTable } from '../store/schema';
import { becauseOf, type Cause } from './cause';
import { mapLimited } from './map-limited';
import { CODES_AT_ONCE } from './read-codes';
import { isFollowed, isOpen, isRenewal, standsPaid } from './read-order';
import { refreshAppLicence } from './refresh-corp-licence';
import { refreshMemberSeats } from './refresh-member-seats';
import { keepCodes, rereadCodesOfOrder, takeOrder } from './take-order';

/** Members of a renewal read at once; more than these are asked at their next visit. */
const READ_AT_ONCE = 50;
const PARALLEL = 4;

const POLL = becauseOf('poll');

/** How an order stands. `settled`: WeCom has nothing more to do about it, so nobody has to ask again soon. */
export type PolledOrder = { readonly settled: boolean; readonly status: number | null; readonly codesReady: boolean };

/**
 * Asks WeCom how an order stands and keeps what follows: its codes once they are made, renewed members' new expiry,
 * codes that died with a refund. What of that an earlier look did not get to is made up for. An order of another corp,
 * or none of ours, is settled and says nothing. Throws `wecom.*` when WeCom is silent.
 */
export async function pollOrder(
  deps: Deps,
  corpId: string,
  orderId: string,
  cause: Cause = POLL,
): Promise<PolledOrder> {
  const taken = await takeOrder(deps, corpId, orderId, cause);
  if (taken === null) return { settled: true, status: null, codesReady: false };
  const { order, written } = taken;
  const { db } = deps.store;
  // On record, not in hand: whoever wrote the new status may have got no further than that.
  const isDue = !isFollowed(order);
  if (isDue) await readConsequences(deps, order, cause);
  if (isDue || written.order + written.code > 0) {
    await saveCorpLicence(db, corpId, { ledger_checked_at_ms: 0 });
    deps.events.changed({ corpId, userId: null });
  }
  if (isDue) await markOrderFollowed(db, order);
  return { settled: !isOpen(order), status: order.status, codesReady: order.codes_state === 'ready' };
}

async function readConsequences(deps: Deps, order: OrdersTable, cause: Cause): Promise<void> {
  await rereadCodesOfOrder(deps, order, cause);
  if (isRenewal(order) && standsPaid(order)) await readRenewedMembers(deps, order, cause);
}

/** A renewal moved its members' expiry; they keep their codes. */
async function readRenewedMembers(deps: Deps, order: OrdersTable, cause: Cause): Promise<void> {
  let cursor: string | null = null;
  let asked = 0;
  do {
    const page = await deps.wecom.listRenewedAccounts(order.order_id, cursor);
    const userIds = [...new Set(page.items.map((item) => item.userId))];
    for (const userId of userIds) await markSeatsDoubtful(deps.store.db, order.corp_id, userId);
    const now = userIds.slice(0, Math.max(0, READ_AT_ONCE - asked));
    asked += now.length;
    await readMembers(deps, order.corp_id, now, cause);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/**
 * WeCom said these members have no licence (`unlicenseduser` of message/send): what is on record about their seats is in
 * doubt, and is read again. Where that does not succeed now, their next visit does it.
 */
export async function noteUnlicensed(deps: Deps, corpId: string, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) await markSeatsDoubtful(deps.store.db, corpId, userId);
  await readMembers(deps, corpId, userIds.slice(0, READ_AT_ONCE), becauseOf('unlicenseduser'));
  for (const userId of userIds) deps.events.changed({ corpId, userId });
}

async function readMembers(deps: Deps, corpId: string, userIds: readonly string[], cause: Cause): Promise<void> {
  await mapLimited(userIds, PARALLEL, async (userId) => {
    try {
      await refreshMemberSeats(deps, corpId, userId, cause);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      deps.log.warn({ err: error, corpId }, 'a member’s seats stay in doubt until the next visit');
    }
  });
}

/** Reads a corp's trial and the moment its members are checked from. Returns whether either changed. */
export async function refreshTrial(deps: Deps, corpId: string): Promise<boolean> {
  return (await refreshAppLicence(deps, corpId, becauseOf('trial'))) > 0;
}

/**
 * Codes on record as bound whose time is over are asked about: WeCom says whether they ended, were prolonged or went to
 * somebody else. Returns how many differed.
 */
export async function refreshEndedCodes(deps: Deps, corpId: string): Promise<number> {
  let written = 0;
  for (let after = ''; ;) {
    const rows = await listLapsedCodes(deps.store.db, corpId, deps.clock.now(), after, CODES_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.code;
    written += (await keepCodes(deps, corpId, rows, becauseOf('expiry'))).written;
  }
  if (written > 0) deps.events.changed({ corpId, userId: null });
  return written;
}
