import type { AccountType } from '../../domain/facts';
import type { Deps } from '../deps';
import { AppError } from '../errors';
import { saveCorpLicence } from '../store/corp-licences';
import {
  ensureMember,
  findMember,
  forgetRefusedRanges,
  markMemberDoubtful,
  markSeatsDoubtful,
  saveNewerRange,
} from '../store/members';
import { listSeatsOfMember } from '../store/seats';
import { becauseOf, type Cause } from './cause';
import { writeLedger } from './ledger/write-ledger';
import { pollOrder } from './poll-order';
import { mapLimited } from './map-limited';
import { refreshAutoActivation } from './refresh-corp-licence';
import { refreshMemberSeats, seatRow } from './refresh-member-seats';
import { refreshAfresh } from './refresh-once';
import { readingOf } from './sources';

/** What auto_activate says of one account WeCom bound by itself (95994). */
export type ActivatedAccount = {
  readonly userId: string;
  readonly activeCode: string | null;
  /** null: not said. */
  readonly accountType: AccountType | null;
  readonly expiresAtMs: number | null;
};

type AutoActivation = {
  readonly corpId: string;
  readonly accounts: readonly ActivatedAccount[];
  readonly atMs: number;
};

const PARALLEL = 4;
const AUTO_ACTIVATE = becauseOf('auto_activate');

/**
 * WeCom bound accounts: the members' seats are read again. Only while WeCom cannot be reached is the event itself believed,
 * marked as such; a refusal is an answer, if not to this question. Either way the next visit asks.
 */
export async function onAutoActivate(deps: Deps, event: AutoActivation): Promise<void> {
  const { accounts, corpId } = event;
  const userIds = [...new Set(accounts.map((account) => account.userId))];
  await mapLimited(userIds, PARALLEL, async (userId) => {
    const { key } = readingOf(deps, 'seats', corpId, userId);
    try {
      await refreshAfresh(deps, key, () => refreshMemberSeats(deps, corpId, userId, AUTO_ACTIVATE));
    } catch (error) {
      const believed = isSilence(error);
      deps.log.warn({ err: error, corpId, believed }, 'seats not read after auto_activate');
      if (believed) await believe(deps, event, userId);
      await markSeatsDoubtful(deps.store.db, corpId, userId);
    }
    deps.events.changed({ corpId, userId });
  });
  await markLedgerDoubtful(deps, corpId);
}

function isSilence(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'wecom.timeout' || error.code === 'wecom.unreachable');
}

/** What was read after the event knows more than it. */
async function believe(
  deps: Deps,
  { accounts, atMs: eventAtMs, corpId }: AutoActivation,
  userId: string,
): Promise<void> {
  const atMs = deps.clock.now();
  await deps.store.transaction(async (trx) => {
    await ensureMember(trx, corpId, userId, atMs);
    const member = await findMember(trx, corpId, userId);
    const known = await listSeatsOfMember(trx, corpId, userId);
    const readAtMs = Math.max(member?.seats_checked_at_ms ?? 0, ...known.map((seat) => seat.seen_at_ms));
    if (readAtMs > eventAtMs) return;
    const rows = accounts
      .filter((account) => account.userId === userId)
      .flatMap((one) => rowOf(one, corpId, eventAtMs));
    const origin = { source: 'callback', cause: 'auto_activate', observedAtMs: atMs, eventAtMs } as const;
    await writeLedger(deps, trx, corpId, origin, { seats: rows });
  });
}

/** The seat as the event tells it, seen when it was told; none where it tells too little. */
function rowOf({ accountType, activeCode, expiresAtMs, userId }: ActivatedAccount, corpId: string, atMs: number) {
  if (accountType === null || expiresAtMs === null) return [];
  const info = { type: accountType, activeCode, activeAtMs: null, expiresAtMs };
  return [{ ...seatRow(info, corpId, userId, atMs), source: 'callback' as const }];
}

/** An order was paid: it and its codes are read. Throws when WeCom is silent, so that the event is handled again. */
export async function onLicencePaid(deps: Deps, corpId: string, orderId: string): Promise<void> {
  await readLedger(deps, corpId, orderId, becauseOf('license_pay_success'));
}

/** A refund was granted or refused: the order is read for which, and every seat of the corp is in doubt. */
export async function onRefund(deps: Deps, corpId: string, orderId: string): Promise<void> {
  await readLedger(deps, corpId, orderId, becauseOf('license_refund'));
  await markSeatsDoubtful(deps.store.db, corpId, null);
  deps.events.changed({ corpId, userId: null });
}

async function readLedger(deps: Deps, corpId: string, orderId: string, cause: Cause): Promise<void> {
  // The first payment gives the corp its auto-activation switch, and its past orders a worth.
  await refreshAutoActivation(deps, corpId, cause);
  await pollOrder(deps, corpId, orderId, cause);
  // Around a payment somebody is likely to throw the switch, or to activate by hand, as well.
  await saveCorpLicence(deps.store.db, corpId, { auto_checked_at_ms: 0, ledger_checked_at_ms: 0 });
  deps.events.changed({ corpId, userId: null });
}

/**
 * WeCom met the member without a licence: what is on record about the member is asked again, a refusal for being out of
 * range included, for WeCom says this of members in range only (95716).
 */
export async function onUnlicensed(deps: Deps, corpId: string, userId: string): Promise<void> {
  await onMemberChanged(deps, corpId, userId);
}

/**
 * Something happened to a member that may have touched the seats. It was heard because the app sees the member, so a
 * refusal for being out of range is no longer believed.
 */
export async function onMemberChanged(deps: Deps, corpId: string, userId: string): Promise<void> {
  await markMemberDoubtful(deps.store.db, corpId, userId, deps.clock.now());
  deps.events.changed({ corpId, userId });
}

/** An event about one member; `atMs` is WeCom's time. */
export type MemberNews = { readonly corpId: string; readonly userId: string; readonly atMs: number };

/**
 * The member came into the app's visible range, or left it (or left the corp). Events overtake each other: one older than
 * what is on record decides nothing and makes WeCom be asked. What a newer one says is believed for a minute, and then
 * asked as well (`isRangeWorn`).
 */
export async function onRangeChanged(deps: Deps, news: MemberNews, inRange: boolean): Promise<void> {
  const { atMs, corpId, userId } = news;
  const nowMs = deps.clock.now();
  await ensureMember(deps.store.db, corpId, userId, nowMs);
  const isNews = await saveNewerRange(deps.store.db, corpId, userId, { inRange, atMs });
  if (!isNews) await markMemberDoubtful(deps.store.db, corpId, userId, nowMs);
  // With auto-activation on, a leaver's account comes free the next night.
  await markLedgerDoubtful(deps, corpId);
  deps.events.changed({ corpId, userId });
}

/** Departments or tags changed: who was outside the visible range may be inside now, and is asked about again. */
export async function onStructureChanged(deps: Deps, corpId: string): Promise<void> {
  await forgetRefusedRanges(deps.store.db, corpId, deps.clock.now());
  deps.events.changed({ corpId, userId: null });
}

/** The accounts on record may be wrong: the next need reads them. */
export async function markLedgerDoubtful(deps: Deps, corpId: string): Promise<void> {
  await saveCorpLicence(deps.store.db, corpId, { ledger_checked_at_ms: 0 });
}
