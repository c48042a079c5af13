import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { findCodeOfMember } from '../store/activation-codes';
import { completeActivations } from '../store/activations';
import { ensureMember, markSeatsRead, saveRange } from '../store/members';
import type { SeatsTable } from '../store/schema';
import { deleteSeat, listSeatsOfMember, markSeatMoved, saveSeats } from '../store/seats';
import type { ActiveInfo } from '../wecom/client';
import { typeNumber } from './account-types';
import { findCodeInfos } from './code-infos';

/** 60011 no right to see the member, 50002 member outside the app's range. */
const OUT_OF_SIGHT = new Set([60011, 50002]);

type Fate = { readonly seat: SeatsTable; readonly moved: boolean };

/**
 * Reads a member's seats (get_active_info_by_user, 95555 / 97191) and keeps what differs. A seat with time left that
 * WeCom no longer lists is looked up by its code: when somebody else holds the code it was moved, else it is forgotten.
 * An ended seat stays on record as ended.
 */
export async function refreshMemberSeats(deps: Deps, corpId: string, userId: string): Promise<void> {
  const askedAtMs = deps.clock.now();
  const infos = await readInfos(deps, corpId, userId);
  if (infos === null) return keepOutOfSight(deps, corpId, userId, askedAtMs);
  const before = await listSeatsOfMember(deps.store.db, corpId, userId);
  const listed = infos.map((info) => seatRow(info, corpId, userId, askedAtMs));
  const changed = listed.filter((seat) => !before.some((known) => isSame(known, seat)));
  const fates = await Promise.all(unlisted(before, listed, askedAtMs).map((seat) => findFate(deps, seat)));
  await deps.store.transaction(async (trx) => {
    await ensureMember(trx, corpId, userId, askedAtMs);
    if (changed.length > 0) await saveSeats(trx, changed);
    for (const { moved, seat } of fates) await (moved ? markSeatMoved(trx, seat, askedAtMs) : deleteSeat(trx, seat));
    await markSeatsRead(trx, corpId, userId, { source: 'api', atMs: askedAtMs });
    if (changed.some((seat) => seat.expires_at_ms > askedAtMs))
      await completeActivations(trx, corpId, userId, askedAtMs);
  });
  if (changed.length + fates.length > 0) deps.events.changed({ corpId, userId });
}

/** What WeCom lists; null when it says that the app cannot see this member. */
async function readInfos(deps: Deps, corpId: string, userId: string): Promise<readonly ActiveInfo[] | null> {
  try {
    return await deps.wecom.getActiveInfoByUser(corpId, userId);
  } catch (error) {
    if (error instanceof WecomError && OUT_OF_SIGHT.has(error.errcode)) return null;
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

/** Whether a known row already says what a new one says. */
export function isSame(known: SeatsTable, seat: SeatsTable): boolean {
  return (
    known.user_id === seat.user_id &&
    known.type === seat.type &&
    known.expires_at_ms === seat.expires_at_ms &&
    known.moved_at_ms === null &&
    (seat.active_code === null || known.active_code === seat.active_code)
  );
}

function unlisted(before: readonly SeatsTable[], listed: readonly SeatsTable[], nowMs: number): SeatsTable[] {
  const missing = before.filter((known) => !listed.some((seat) => seat.type === known.type));
  return missing.filter((seat) => seat.moved_at_ms === null && seat.expires_at_ms > nowMs);
}

async function findFate(deps: Deps, seat: SeatsTable): Promise<Fate> {
  const { corp_id: corpId, type, user_id: userId } = seat;
  const code = seat.active_code ?? (await findCodeOfMember(deps.store.db, corpId, userId, type));
  if (code === null) return { seat, moved: false };
  const [info] = await findCodeInfos(deps, corpId, [code]);
  const holder = info?.userId ?? null;
  return { seat, moved: holder !== null && holder !== userId };
}
