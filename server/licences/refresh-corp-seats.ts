import type { Deps } from '../deps';
import { findCodes } from '../store/activation-codes';
import { saveCorpLicence } from '../store/corp-licences';
import { markSeatsDoubtful } from '../store/members';
import type { SeatsTable } from '../store/schema';
import { countStandingSeats, findSeats, listSeatKeysAfter, type SeatKey } from '../store/seats';
import { VISIT, type Cause } from './cause';
import { findSeatNews } from './ledger/seat-news';
import { keepTold, type Compared, type Told } from './ledger/write-ledger';
import { findHolder } from './holder';
import { mapLimited } from './map-limited';
import { readCodes } from './read-codes';
import { movedSeat, refreshMemberSeats, seatRow } from './refresh-member-seats';

/** Seats looked through at a time. */
const BATCH = 1000;
/** Members whose vanished seats are looked into at once; more than these are asked at their next visit. */
const LOOK_INTO = 50;
const PARALLEL = 4;

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
  await onPart(await settleUnseen(deps, corpId, round));
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
    written += await traceByCode(
      deps,
      corpId,
      round,
      unseen.filter((seat) => seat.active_code !== null),
    );
    const users = [...new Set(unseen.filter((seat) => seat.active_code === null).map((seat) => seat.user_id))];
    const asked = users.slice(0, room);
    room -= asked.length;
    await mapLimited(asked, PARALLEL, (userId) => refreshMemberSeats(deps, corpId, userId, round.cause));
    for (const userId of users.slice(asked.length)) await markSeatsDoubtful(deps.store.db, corpId, userId);
    after = keys.at(-1) ?? null;
    if (keys.length < BATCH) return { differing, written };
  }
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

async function traceByCode(
  deps: Deps,
  corpId: string,
  { cause }: SeatRound,
  seats: readonly SeatsTable[],
): Promise<number> {
  if (seats.length === 0) return 0;
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
  const changes = await keepTold(deps, corpId, { ...cause, observedAtMs: askedAtMs }, told);
  return changes.seat + changes.code;
}
