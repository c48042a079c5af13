import type { Deps } from '../deps';
import { markSeatsDoubtful } from '../store/members';
import { saveCorpLicence } from '../store/corp-licences';
import type { SeatsTable } from '../store/schema';
import { listSeats, saveSeats } from '../store/seats';
import { mapLimited } from './map-limited';
import { isSame, refreshMemberSeats, seatRow } from './refresh-member-seats';

/** Members whose vanished seats are looked into at once; more than these are asked at their next visit. */
const LOOK_INTO = 50;
const PARALLEL = 4;

/**
 * Reads every activated account of a corp (list_actived_account, 95544 / 97190) and keeps what differs. A seat with time
 * left that is no longer listed is read for its member, which finds out where it went.
 */
export async function refreshCorpSeats(deps: Deps, corpId: string): Promise<void> {
  const { db } = deps.store;
  const askedAtMs = deps.clock.now();
  const listed = await listAll(deps, corpId, askedAtMs);
  const keyOf = (seat: SeatsTable) => `${seat.user_id} ${seat.type}`;
  const known = new Map((await listSeats(db, corpId)).map((seat) => [keyOf(seat), seat]));
  const changed = listed.filter((seat) => {
    const before = known.get(keyOf(seat));
    return before === undefined || !isSame(before, seat);
  });
  const keys = new Set(listed.map(keyOf));
  const gone = [...known.values()].filter((seat) => !keys.has(keyOf(seat)) && seat.expires_at_ms > askedAtMs);
  const members = [...new Set(gone.map((seat) => seat.user_id))];
  await deps.store.transaction((trx) => saveSeats(trx, changed));
  await mapLimited(members.slice(0, LOOK_INTO), PARALLEL, (userId) => refreshMemberSeats(deps, corpId, userId));
  await deps.store.transaction(async (trx) => {
    for (const userId of members.slice(LOOK_INTO)) await markSeatsDoubtful(trx, corpId, userId);
    await saveCorpLicence(trx, corpId, { seats_checked_at_ms: askedAtMs });
  });
  if (changed.length + gone.length > 0) deps.events.changed({ corpId, userId: null });
}

async function listAll(deps: Deps, corpId: string, atMs: number): Promise<SeatsTable[]> {
  const rows: SeatsTable[] = [];
  let cursor: string | null = null;
  do {
    const page = await deps.wecom.listActivatedAccounts(corpId, cursor);
    rows.push(...page.items.map((item) => seatRow(item, corpId, item.userId, atMs)));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
