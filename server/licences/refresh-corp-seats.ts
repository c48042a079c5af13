import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { findCodeOfMember, findCodes } from '../store/activation-codes';
import { saveCorpLicence } from '../store/corp-licences';
import { markSeatsDoubtful } from '../store/members';
import type { SeatsTable } from '../store/schema';
import { countStandingSeats, findSeats, listMisnamedSeats, listSeatKeysAfter, type SeatKey } from '../store/seats';
import { VISIT, type Cause } from './cause';
import { findCodeInfos } from './code-infos';
import { findSeatNews } from './ledger/seat-news';
import { keepTold, type Compared } from './ledger/write-ledger';
import { findHolder, linkOf, type Link } from './holder';
import { mapLimited } from './map-limited';
import { rowsAsTold } from './read-codes';
import { movedSeat, refreshMemberSeats, seatRow } from './refresh-member-seats';

/** Seats looked through at a time. */
const BATCH = 1000;
/** Members whose vanished seats are looked into at once; more than these are asked at their next visit. */
const LOOK_INTO = 50;
const PARALLEL = 4;
/** The member is unknown, or invalid in this corp. */
const NOBODY: ReadonlySet<number> = new Set([60111, 701019]);

/** One way through all of a corp's activated accounts. `listed`: whose were listed, by `seatKey`; nothing is written. */
type SeatRound = { readonly listed: Set<string>; readonly cause: Cause };

const seatKey = ({ type, user_id: userId }: SeatKey): string => `${type} ${userId}`;

/** Reads every activated account of a corp and keeps what differs. */
export async function refreshCorpSeats(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<void> {
  const askedAtMs = deps.clock.now();
  let written = 0;
  await walkSeats(deps, corpId, cause, async (part) => (written += part.written) >= 0);
  await saveCorpLicence(deps.store.db, corpId, { seats_checked_at_ms: askedAtMs });
  if (written > 0) deps.events.changed({ corpId, userId: null });
}

/**
 * Goes through every activated account (list_actived_account, 95544 / 97190) a page at a time, keeping what differs. A
 * seat that is no longer listed is traced by its code: when somebody else holds that, it was moved; else it is forgotten,
 * unless its time was over anyway.
 * @param onPart told after each part how much of it differed; false stops the walk
 */
export async function walkSeats(
  deps: Deps,
  corpId: string,
  cause: Cause,
  onPart: (part: Compared) => Promise<boolean>,
): Promise<void> {
  const round: SeatRound = { listed: new Set(), cause };
  let cursor: string | null = null;
  do {
    const { nextCursor, ...part }: SeatsPage = await readSeatsPage(deps, corpId, round, cursor);
    cursor = nextCursor;
    if (!(await onPart(part))) return;
  } while (cursor !== null);
  if (!(await onPart(await settleUnseen(deps, corpId, round)))) return;
  await onPart(await settleMisnamed(deps, corpId, round));
}

type SeatsPage = Compared & { readonly nextCursor: string | null };

/** One page of the round: keeps what differs and remembers who was listed. */
async function readSeatsPage(
  deps: Deps,
  corpId: string,
  { cause, listed }: SeatRound,
  cursor: string | null,
): Promise<SeatsPage> {
  const askedAtMs = deps.clock.now();
  const page = await deps.wecom.listActivatedAccounts(corpId, cursor);
  const seats = page.items.map((item) => seatRow(item, corpId, item.userId, askedAtMs));
  for (const seat of seats) listed.add(seatKey(seat));
  const { news } = await findSeatNews(deps.store.db, corpId, seats);
  const { seat } = await keepTold(deps, corpId, { ...cause, observedAtMs: askedAtMs }, { seats: news });
  return { nextCursor: page.nextCursor, differing: news.length, written: seat };
}

/**
 * Finds out what became of the seats that a round did not list. Where as many stand as were listed, it listed them all;
 * should one have vanished while another that it listed is handed on, the next round finds it.
 */
async function settleUnseen(deps: Deps, corpId: string, round: SeatRound): Promise<Compared> {
  const differing = Math.abs((await countStandingSeats(deps.store.db, corpId)) - round.listed.size);
  if (differing === 0) return { differing, written: 0 };
  let written = 0;
  let room = LOOK_INTO;
  let after: SeatKey | null = null;
  for (;;) {
    const keys: SeatKey[] = await listSeatKeysAfter(deps.store.db, corpId, after, BATCH);
    const unseen = await findUnseen(deps, corpId, round, keys);
    const coded = unseen.filter((seat) => seat.active_code !== null);
    const codeless = unseen.filter((seat) => seat.active_code === null);
    written += await traceByCode(deps, corpId, round, coded);
    const users = [...new Set(codeless.map((seat) => seat.user_id))];
    const asked = users.slice(0, room);
    room -= asked.length;
    const seatsOf = (userId: string) => codeless.filter((seat) => seat.user_id === userId);
    await mapLimited(asked, PARALLEL, (userId) => askOf(deps, corpId, round, userId, seatsOf(userId)));
    for (const userId of users.slice(asked.length)) await markSeatsDoubtful(deps.store.db, corpId, userId);
    after = keys.at(-1) ?? null;
    if (keys.length < BATCH) return { differing, written };
  }
}

/**
 * The list names no codes, so a seat that ends as before keeps the one it had. Where somebody else holds that by now, the
 * member got another, bound in the same second: the one that is theirs by what is on record of codes.
 */
async function settleMisnamed(deps: Deps, corpId: string, { cause, listed }: SeatRound): Promise<Compared> {
  const { db } = deps.store;
  const observedAtMs = deps.clock.now();
  const keys = (await listMisnamedSeats(db, corpId, BATCH)).filter((key) => listed.has(seatKey(key)));
  const misnamed = new Set(keys.map(seatKey));
  const users = new Set(keys.map((key) => key.user_id));
  const seats: SeatsTable[] = [];
  for (const seat of await findSeats(db, corpId, [...users])) {
    const active_code = misnamed.has(seatKey(seat))
      ? await findCodeOfMember(db, corpId, seat.user_id, seat.type)
      : null;
    if (active_code !== null) seats.push({ ...seat, active_code, seen_at_ms: observedAtMs });
  }
  const { seat: written } = await keepTold(deps, corpId, { ...cause, observedAtMs }, { seats });
  return { differing: seats.length, written };
}

async function findUnseen(
  deps: Deps,
  corpId: string,
  { listed }: SeatRound,
  keys: readonly SeatKey[],
): Promise<SeatsTable[]> {
  const unseen = new Set(keys.map(seatKey).filter((key) => !listed.has(key)));
  if (unseen.size === 0) return [];
  const users = keys.filter((key) => unseen.has(seatKey(key))).map((key) => key.user_id);
  const seats = await findSeats(deps.store.db, corpId, [...new Set(users)]);
  return seats.filter((seat) => seat.moved_at_ms === null && unseen.has(seatKey(seat)));
}

/**
 * Asks WeCom about one member's seats that it did not list and whose code nobody knows. Of a member who is gone it may
 * refuse to speak; then the list, which does not name them either, is right.
 */
async function askOf(
  deps: Deps,
  corpId: string,
  { cause }: SeatRound,
  userId: string,
  seats: readonly SeatsTable[],
): Promise<void> {
  const askedAtMs = deps.clock.now();
  try {
    await refreshMemberSeats(deps, corpId, userId, cause);
  } catch (error) {
    if (!(error instanceof WecomError && NOBODY.has(error.errcode))) throw error;
    await keepTold(
      deps,
      corpId,
      { ...cause, observedAtMs: askedAtMs },
      { goneSeats: seats.filter((seat) => seat.expires_at_ms > askedAtMs) },
    );
    deps.events.changed({ corpId, userId });
  }
}

/**
 * Finds out who holds the codes of seats that were not listed, whether or not an order on record brought them. A code
 * that WeCom does not know is held by nobody; codes on record stay when it refuses to speak of any.
 */
async function traceByCode(
  deps: Deps,
  corpId: string,
  { cause }: SeatRound,
  seats: readonly SeatsTable[],
): Promise<number> {
  if (seats.length === 0) return 0;
  const askedAtMs = deps.clock.now();
  const names = [...new Set(seats.map((seat) => seat.active_code).filter((code) => code !== null))];
  const infos = await findCodeInfos(deps, corpId, names);
  const known = await findCodes(deps.store.db, corpId, names);
  const live = known.filter((row) => row.merged_into === null);
  const codes = infos === null ? [] : rowsAsTold(live, infos, askedAtMs);
  const links = new Map<string, Link | null>(names.map((name) => [name, null]));
  // Merged for good: WeCom need not speak of it any more.
  for (const row of known)
    if (row.merged_into !== null) links.set(row.code, { userId: null, mergedInto: row.merged_into });
  for (const info of infos ?? []) links.set(info.code, linkOf(info));
  const look = async (code: string): Promise<Link | null> => {
    const link = links.get(code);
    if (link !== undefined) return link;
    const [info] = (await findCodeInfos(deps, corpId, [code])) ?? [];
    return info === undefined ? null : linkOf(info);
  };
  const moved: SeatsTable[] = [];
  const gone: SeatsTable[] = [];
  for (const seat of seats) {
    const holder = await findHolder(seat.active_code ?? '', look);
    if (holder !== null && holder !== seat.user_id) moved.push(movedSeat(seat, askedAtMs));
    else if (holder === null && seat.expires_at_ms > askedAtMs) gone.push(seat);
  }
  const changes = await keepTold(
    deps,
    corpId,
    { ...cause, observedAtMs: askedAtMs },
    { codes, seats: moved, goneSeats: gone },
  );
  return changes.seat + changes.code;
}
