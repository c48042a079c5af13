import type { AccountType } from '../../domain/facts';
import { liveSeat } from '../../domain/seats';
import type { Deps } from '../deps';
import { findCodeOfMember } from '../store/activation-codes';
import { completeActivations } from '../store/activations';
import { ensureMember, markSeatsRead, saveRange } from '../store/members';
import type { SeatsTable } from '../store/schema';
import { listSeatsOfMember } from '../store/seats';
import type { ActiveInfo } from '../wecom/client';
import { typeNumber } from './account-types';
import { VISIT, type Cause } from './cause';
import { findCodeInfos } from './code-infos';
import { findHolder, linkOf } from './holder';
import { writeLedger } from './ledger/write-ledger';
import { meansOutOfRange } from './out-of-range';

const TYPES: readonly AccountType[] = ['base', 'external_contact'];

type Fate = { readonly seat: SeatsTable; readonly moved: boolean };

/**
 * Reads a member's seats (get_active_info_by_user, 95555 / 97191) and keeps what differs. A seat with time left that
 * WeCom no longer lists is looked up by its code: when somebody else holds the code it was moved, else it is forgotten.
 * An ended seat stays on record as ended.
 */
export async function refreshMemberSeats(
  deps: Deps,
  corpId: string,
  userId: string,
  cause: Cause = VISIT,
): Promise<void> {
  const askedAtMs = deps.clock.now();
  const infos = await readInfos(deps, corpId, userId);
  if (infos === null) return keepOutOfSight(deps, corpId, userId, askedAtMs);
  const before = await listSeatsOfMember(deps.store.db, corpId, userId);
  const listed = infos.map((info) => seatRow(info, corpId, userId, askedAtMs));
  const fates = await Promise.all(unlisted(before, listed, askedAtMs).map((seat) => findFate(deps, seat)));
  const moved = fates.filter((fate) => fate.moved).map(({ seat }) => movedSeat(seat, askedAtMs));
  const goneSeats = fates.filter((fate) => !fate.moved).map(({ seat }) => seat);
  const written = await deps.store.transaction(async (trx) => {
    await ensureMember(trx, corpId, userId, askedAtMs);
    const told = { seats: [...listed, ...moved], goneSeats };
    const changes = await writeLedger(deps, trx, corpId, { ...cause, observedAtMs: askedAtMs }, told);
    await markSeatsRead(trx, corpId, userId, { source: 'api', atMs: askedAtMs });
    await completeActivations(trx, corpId, userId, { types: servedTypes(infos, askedAtMs), atMs: askedAtMs });
    return changes.seat;
  });
  if (written > 0) deps.events.changed({ corpId, userId });
}

/** The types whose attempts have nothing left to do once the member holds these seats. */
function servedTypes(infos: readonly ActiveInfo[], nowMs: number): number[] {
  const seats = infos.map(({ expiresAtMs, type }) => ({ type, expiresAtMs, movedAtMs: null }));
  return TYPES.filter((type) => liveSeat(seats, type, nowMs) !== null).map(typeNumber);
}

/** What WeCom lists; null when it says that the app cannot see this member. */
async function readInfos(deps: Deps, corpId: string, userId: string): Promise<readonly ActiveInfo[] | null> {
  try {
    return await deps.wecom.getActiveInfoByUser(corpId, userId);
  } catch (error) {
    if (meansOutOfRange(error)) return null;
    throw error;
  }
}

async function keepOutOfSight(deps: Deps, corpId: string, userId: string, atMs: number): Promise<void> {
  await ensureMember(deps.store.db, corpId, userId, atMs);
  await saveRange(deps.store.db, corpId, userId, { inRange: false, source: 'api', atMs });
  deps.events.changed({ corpId, userId });
}

/** A seat's row from what WeCom says of it. */
export function seatRow(info: ActiveInfo, corpId: string, userId: string, atMs: number): SeatsTable {
  return {
    corp_id: corpId,
    user_id: userId,
    type: typeNumber(info.type),
    active_code: info.activeCode,
    active_at_ms: info.activeAtMs,
    expires_at_ms: info.expiresAtMs,
    moved_at_ms: null,
    source: 'api',
    seen_at_ms: atMs,
  };
}

/** The seat once somebody else has it. */
export function movedSeat(seat: SeatsTable, atMs: number): SeatsTable {
  return { ...seat, moved_at_ms: atMs, source: 'api', seen_at_ms: atMs };
}

function unlisted(before: readonly SeatsTable[], listed: readonly SeatsTable[], nowMs: number): SeatsTable[] {
  const missing = before.filter((known) => !listed.some((seat) => seat.type === known.type));
  return missing.filter((seat) => seat.moved_at_ms === null && seat.expires_at_ms > nowMs);
}

async function findFate(deps: Deps, seat: SeatsTable): Promise<Fate> {
  const { corp_id: corpId, type, user_id: userId } = seat;
  const code = seat.active_code ?? (await findCodeOfMember(deps.store.db, corpId, userId, type));
  if (code === null) return { seat, moved: false };
  const holder = await findHolder(code, async (one) => {
    const [info] = (await findCodeInfos(deps, corpId, [one])) ?? [];
    return info === undefined ? null : linkOf(info);
  });
  return { seat, moved: holder !== null && holder !== userId };
}
