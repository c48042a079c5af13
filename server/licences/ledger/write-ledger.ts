import type { Transaction } from 'kysely';
import type { Deps } from '../../deps';
import { findCodesOfMembers } from '../../store/activation-codes';
import { findCorpLicence, saveCorpLicence } from '../../store/corp-licences';
import { findCorp } from '../../store/corps';
import { appendEntries, lockLedger } from '../../store/ledger';
import { deleteSeat, findSeats } from '../../store/seats';
import type { ActivationCodesTable, Database, LedgerEntriesTable, OrdersTable, SeatsTable } from '../../store/schema';
import { CODES, ORDERS, SEATS, seatId, type Book, type LicenceFacts } from './books';
import { changeOf, factsOf, saysTheSame, type Facts, type RowOf, type Subject } from './facts';
import { isNewer } from './is-newer';
import { newsOfLicence } from './licence-parts';
import { nameChange, wecomTimeOf } from './name-change';
import { findSeatNews } from './seat-news';

/** Where a change comes from. */
export type Origin = {
  readonly source: LedgerEntriesTable['source'];
  /** What made us look: `visit`, an event's name, `activation`, `reconciliation`. */
  readonly cause: string;
  /** When WeCom was asked, or the event handled. */
  readonly observedAtMs: number;
  /** The event's own time, when an event is all we have. */
  readonly eventAtMs?: number;
};

/** Rows as WeCom has just told them; what of it is new finds the writer. */
export type Told = {
  readonly licence?: LicenceFacts;
  readonly orders?: readonly OrdersTable[];
  readonly codes?: readonly ActivationCodesTable[];
  readonly seats?: readonly SeatsTable[];
  /** Seats that are nobody's any more. */
  readonly goneSeats?: readonly Pick<SeatsTable, 'user_id' | 'type'>[];
};

/** How many of each were new or different. */
export type Written = Readonly<Record<Subject, number>>;

/** What came of holding one reading against the record: how much differed, and how much of that was news and is kept. */
export type Compared = { readonly differing: number; readonly written: number };

const NOTHING: Written = { licence: 0, order: 0, code: 0, seat: 0 };
/** The cause of what a removal itself changes. */
export const REMOVAL = 'removal';

type Entry = Omit<LedgerEntriesTable, 'corp_id' | 'seq'>;
type Page = {
  readonly deps: Deps;
  readonly trx: Transaction<Database>;
  readonly corpId: string;
  readonly origin: Origin;
};

/**
 * The one place that changes orders, codes, seats and a corp's licence: compares what was told with what is known, writes
 * only what differs, and adds an entry for each difference to the corp's history, all in the caller's transaction. Told
 * rows that are older than what is on record change nothing.
 */
export async function writeLedger(
  deps: Deps,
  trx: Transaction<Database>,
  corpId: string,
  origin: Origin,
  told: Told,
): Promise<Written> {
  const page: Page = { deps, trx, corpId, origin };
  const lastSeq = await lockLedger(trx, deps.store.engine, corpId);
  // Read before the corp removed the app, and told after: nothing of a corp that is gone may be kept.
  const ofRemoved = origin.cause !== REMOVAL && (await findCorp(trx, corpId))?.status === 'removed';
  if (ofRemoved) return NOTHING;
  const licence = told.licence === undefined ? [] : await writeLicence(page, told.licence);
  const orders = await writeRows(page, 'order', ORDERS, told.orders ?? []);
  const codes = await writeRows(page, 'code', CODES, told.codes ?? []);
  const seats = await writeSeats(page, told.seats ?? []);
  const gone = await forgetSeats(page, told.goneSeats ?? []);
  await appendEntries(trx, corpId, lastSeq, [...licence, ...orders, ...codes, ...seats, ...gone]);
  return { licence: licence.length, order: orders.length, code: codes.length, seat: seats.length + gone.length };
}

/** The same in a transaction of its own; none where nothing was told. */
export async function keepTold(deps: Deps, corpId: string, origin: Origin, told: Told): Promise<Written> {
  const isNothing = Object.values(told).every((part) => Array.isArray(part) && part.length === 0);
  if (isNothing) return NOTHING;
  return deps.store.transaction((trx) => writeLedger(deps, trx, corpId, origin, told));
}

/** Keeps the times of what was told as well, also where nothing changed: the next answer may be an older one. */
async function writeLicence({ corpId, deps, origin, trx }: Page, told: LicenceFacts): Promise<Entry[]> {
  const row = await findCorpLicence(trx, corpId);
  const { facts, times } = newsOfLicence(row, told, origin.observedAtMs, deps.clock.now());
  if (facts.length === 0) return [];
  const known = row === null ? null : factsOf('licence', row);
  const changes = facts.map((part) => changeOf(known, part as Facts)).filter((change) => change !== null);
  await saveCorpLicence(trx, corpId, Object.assign({}, ...changes, times));
  return changes.map((change) => entryOf('licence', '', origin, { known, change }));
}

async function writeRows<S extends 'order' | 'code'>(
  page: Page,
  subject: S,
  book: Book<RowOf[S]>,
  told: readonly RowOf[S][],
): Promise<Entry[]> {
  if (told.length === 0) return [];
  const known = new Map((await book.find(page.trx, page.corpId, told)).map((row) => [book.idOf(row), row]));
  return writeNews(page, subject, book, { known, told });
}

/** Of the told rows, those that say something new. `known`: what is on record under their ids. */
async function writeNews<S extends 'order' | 'code' | 'seat'>(
  { deps, origin, trx }: Page,
  subject: S,
  book: Book<RowOf[S]>,
  { known, told }: { readonly known: Map<string, RowOf[S]>; readonly told: readonly RowOf[S][] },
): Promise<Entry[]> {
  const nowMs = deps.clock.now();
  const entries: Entry[] = [];
  const changed = new Map<string, RowOf[S]>();
  for (const row of told) {
    const id = book.idOf(row);
    const before = known.get(id);
    if (before !== undefined && isNewer(book.seenAtMs(before), book.seenAtMs(row), nowMs)) continue;
    if (before !== undefined && saysTheSame(subject, before, row)) continue;
    const knownFacts = before === undefined ? null : factsOf(subject, before);
    const change = changeOf(knownFacts, factsOf(subject, row));
    known.set(id, row);
    changed.set(id, row);
    entries.push(entryOf(subject, id, origin, { known: knownFacts, change }));
  }
  await book.save(trx, [...changed.values()]);
  return entries;
}

async function writeSeats(page: Page, told: readonly SeatsTable[]): Promise<Entry[]> {
  if (told.length === 0) return [];
  const { known, news } = await findSeatNews(page.trx, page.corpId, told);
  const whole = await withCodes(page, news, known);
  const confirmed = whole.filter((row) => {
    const before = known.get(seatId(row));
    return before !== undefined && before.source !== row.source && saysTheSame('seat', before, row);
  });
  await SEATS.save(page.trx, confirmed);
  return writeNews(page, 'seat', SEATS, { known, told: whole });
}

/**
 * list_actived_account names no code. Who was bound at the same moment as before still has the same one; where the end is
 * another, as after a renewal or a merging, it is the one on record that ends then.
 */
async function withCodes(
  { corpId, trx }: Page,
  told: readonly SeatsTable[],
  known: ReadonlyMap<string, SeatsTable>,
): Promise<SeatsTable[]> {
  const knownCode = (row: SeatsTable): string | null => {
    const before = known.get(seatId(row));
    return before?.active_at_ms === row.active_at_ms ? before.active_code : null;
  };
  const isSettled = (row: SeatsTable): boolean =>
    row.active_code !== null ||
    (knownCode(row) !== null && known.get(seatId(row))?.expires_at_ms === row.expires_at_ms);
  const open = told.filter((row) => !isSettled(row)).map((row) => row.user_id);
  const codes = await findCodesOfMembers(trx, corpId, [...new Set(open)]);
  const endKey = (row: { user_id: string | null; type: number; expires_at_ms: number | null }) =>
    `${row.user_id} ${row.type} ${row.expires_at_ms}`;
  const byEnd = new Map(codes.map((code) => [endKey(code), code.code]));
  return told.map((row) =>
    row.active_code === null ? { ...row, active_code: byEnd.get(endKey(row)) ?? knownCode(row) } : row,
  );
}

async function forgetSeats(page: Page, gone: NonNullable<Told['goneSeats']>): Promise<Entry[]> {
  if (gone.length === 0) return [];
  const { corpId, deps, origin, trx } = page;
  const nowMs = deps.clock.now();
  const ids = new Set(gone.map(seatId));
  const userIds = [...new Set(gone.map((seat) => seat.user_id))];
  const known = (await findSeats(trx, corpId, userIds)).filter((row) => ids.has(seatId(row)));
  const entries: Entry[] = [];
  for (const seat of known) {
    if (isNewer(seat.seen_at_ms, origin.observedAtMs, nowMs)) continue;
    await deleteSeat(trx, seat);
    entries.push(entryOf('seat', seatId(seat), origin, { known: {}, change: null }));
  }
  return entries;
}

function entryOf(
  subject: Subject,
  id: string,
  origin: Origin,
  { change, known }: { readonly known: Facts | null; readonly change: Facts | null },
): Entry {
  const kind = nameChange(subject, { known, change });
  return {
    subject,
    subject_id: id,
    kind,
    change_json: change === null ? null : JSON.stringify(change),
    source: origin.source,
    cause: origin.cause,
    observed_at_ms: origin.observedAtMs,
    wecom_at_ms: wecomTimeOf(kind, { ...known, ...change }) ?? origin.eventAtMs ?? null,
  };
}
