import type { Deps } from '../deps';
import { findCodes, findCodesOfMembers } from '../store/activation-codes';
import { saveCorpLicence } from '../store/corp-licences';
import { beginRound } from '../store/ledger';
import { markSeatsDoubtful } from '../store/members';
import type { SeatsTable } from '../store/schema';
import { listUnseenSeats, markSeatsSeen } from '../store/seats';
import { VISIT, type Cause } from './cause';
import { writeLedger, type Told } from './ledger/write-ledger';
import { findHolder } from './holder';
import { mapLimited } from './map-limited';
import { readCodes } from './read-codes';
import { movedSeat, refreshMemberSeats, seatRow } from './refresh-member-seats';

/** Seats settled at a time. */
const BATCH = 500;
/** Members whose vanished seats are looked into at once; more than these are asked at their next visit. */
const LOOK_INTO = 50;
const PARALLEL = 4;

/** One way through all of a corp's activated accounts. */
export type SeatRound = { readonly round: number; readonly cause: Cause };

/**
 * Reads every activated account of a corp (list_actived_account, 95544 / 97190) and keeps what differs. A seat that is
 * no longer listed is traced by its code: when somebody else holds that, it was moved; else it is forgotten, unless its
 * time was over anyway.
 */
export async function refreshCorpSeats(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<void> {
  const askedAtMs = deps.clock.now();
  const round = { round: await beginRound(deps.store.db, corpId), cause };
  let written = 0;
  let cursor: string | null = null;
  do {
    const page = await readSeatsPage(deps, corpId, round, cursor);
    written += page.written;
    cursor = page.nextCursor;
  } while (cursor !== null);
  written += await settleUnseen(deps, corpId, round);
  await saveCorpLicence(deps.store.db, corpId, { seats_checked_at_ms: askedAtMs });
  if (written > 0) deps.events.changed({ corpId, userId: null });
}

/** One page of the round: keeps what differs and notes who was listed. */
export async function readSeatsPage(
  deps: Deps,
  corpId: string,
  { cause, round }: SeatRound,
  cursor: string | null,
): Promise<{ readonly nextCursor: string | null; readonly written: number }> {
  const askedAtMs = deps.clock.now();
  const page = await deps.wecom.listActivatedAccounts(corpId, cursor);
  const listed = page.items.map((item) => seatRow(item, corpId, item.userId, askedAtMs));
  const seats = await withCodes(deps, corpId, listed);
  const written = await deps.store.transaction(async (trx) => {
    const changes = await writeLedger(deps, trx, corpId, { ...cause, observedAtMs: askedAtMs }, { seats });
    for (const type of new Set(seats.map((seat) => seat.type))) {
      const userIds = seats.filter((seat) => seat.type === type).map((seat) => seat.user_id);
      await markSeatsSeen(trx, corpId, type, userIds, { round, atMs: askedAtMs });
    }
    return changes.seat;
  });
  return { nextCursor: page.nextCursor, written };
}

/** The listing names no codes; the ledger's own do, where they end at the same moment. */
async function withCodes(deps: Deps, corpId: string, listed: readonly SeatsTable[]): Promise<SeatsTable[]> {
  const userIds = [...new Set(listed.map((seat) => seat.user_id))];
  const codes = await findCodesOfMembers(deps.store.db, corpId, userIds);
  const endKey = (row: { user_id: string | null; type: number; expires_at_ms: number | null }) =>
    `${row.user_id} ${row.type} ${row.expires_at_ms}`;
  const byEnd = new Map(codes.map((code) => [endKey(code), code.code]));
  return listed.map((seat) => ({ ...seat, active_code: byEnd.get(endKey(seat)) ?? null }));
}

/** Finds out what became of the seats that a round did not list. */
export async function settleUnseen(deps: Deps, corpId: string, round: SeatRound): Promise<number> {
  let written = 0;
  let lookedInto = 0;
  for (;;) {
    const unseen = await listUnseenSeats(deps.store.db, corpId, round.round, BATCH);
    if (unseen.length === 0) return written;
    const coded = unseen.filter((seat) => seat.active_code !== null);
    written += await traceByCode(deps, corpId, round, coded);
    const others = unseen.filter((seat) => seat.active_code === null);
    const users = [...new Set(others.map((seat) => seat.user_id))];
    const asked = users.slice(0, Math.max(0, LOOK_INTO - lookedInto));
    lookedInto += asked.length;
    await mapLimited(asked, PARALLEL, (userId) => refreshMemberSeats(deps, corpId, userId, round.cause));
    for (const userId of users.slice(asked.length)) await markSeatsDoubtful(deps.store.db, corpId, userId);
    await markSeen(deps, corpId, round, unseen);
  }
}

async function traceByCode(
  deps: Deps,
  corpId: string,
  { cause }: SeatRound,
  seats: readonly SeatsTable[],
): Promise<number> {
  const askedAtMs = deps.clock.now();
  const names = seats.map((seat) => seat.active_code).filter((code) => code !== null);
  const codes = await readCodes(deps, corpId, await findCodes(deps.store.db, corpId, names), askedAtMs);
  const read = new Map(codes.map((code) => [code.code, code]));
  const look = async (code: string) => {
    const row = read.get(code) ?? (await findCodes(deps.store.db, corpId, [code]))[0];
    return row === undefined ? null : { userId: row.status === 0 ? null : row.user_id, mergedInto: row.merged_into };
  };
  const moved: SeatsTable[] = [];
  const gone: SeatsTable[] = [];
  for (const seat of seats) {
    const holder = await findHolder(seat.active_code ?? '', look);
    if (holder !== null && holder !== seat.user_id) moved.push(movedSeat(seat, askedAtMs));
    else if (holder === null && seat.expires_at_ms > askedAtMs) gone.push(seat);
  }
  const told: Told = { codes, seats: moved, goneSeats: gone };
  const changes = await deps.store.transaction((trx) =>
    writeLedger(deps, trx, corpId, { ...cause, observedAtMs: askedAtMs }, told),
  );
  return changes.seat + changes.code;
}

async function markSeen(
  { clock, store }: Deps,
  corpId: string,
  { round }: SeatRound,
  seats: readonly SeatsTable[],
): Promise<void> {
  await store.transaction(async (trx) => {
    for (const type of new Set(seats.map((seat) => seat.type))) {
      const userIds = seats.filter((seat) => seat.type === type).map((seat) => seat.user_id);
      await markSeatsSeen(trx, corpId, type, userIds, { round, atMs: clock.now() });
    }
  });
}
