import { factsOf, type Subject } from '../../server/licences/ledger/facts';
import { seatId } from '../../server/licences/ledger/books';
import { emptyLedger, replay, type LedgerState } from '../../server/licences/ledger/replay';
import { listCodes } from '../../server/store/activation-codes';
import { findCorpLicence } from '../../server/store/corp-licences';
import { listEntries } from '../../server/store/ledger';
import { listOrders } from '../../server/store/orders';
import type { LedgerEntriesTable } from '../../server/store/schema';
import type { Store } from '../../server/store/store';

/** What a corp's tables say, in the shape that replaying its history gives. */
export async function readTables({ db }: Pick<Store, 'db'>, corpId: string): Promise<LedgerState> {
  const state = emptyLedger();
  const licence = await findCorpLicence(db, corpId);
  if (licence !== null) state.licence.set('', factsOf('licence', licence));
  for (const row of await listOrders(db, corpId)) state.order.set(row.order_id, factsOf('order', row));
  for (const row of await listCodes(db, corpId)) state.code.set(row.code, factsOf('code', row));
  const seats = await db.selectFrom('seats').selectAll().where('corp_id', '=', corpId).execute();
  for (const row of seats) state.seat.set(seatId(row), factsOf('seat', row));
  return state;
}

/** All of a corp's history. */
export async function readHistory({ db }: Pick<Store, 'db'>, corpId: string): Promise<LedgerEntriesTable[]> {
  const entries: LedgerEntriesTable[] = [];
  for (;;) {
    const page = await listEntries(db, corpId, entries.at(-1)?.seq ?? 0, 1000);
    if (page.length === 0) return entries;
    entries.push(...page);
  }
}

/** What a corp's history leads to. */
export async function readReplay(store: Pick<Store, 'db'>, corpId: string): Promise<LedgerState> {
  return replay(await readHistory(store, corpId));
}

/** A state as plain sorted data, so that two of them can be compared and a difference read. */
export function plain(state: LedgerState): Record<Subject, Record<string, unknown>> {
  const sorted = (map: ReadonlyMap<string, unknown>) =>
    Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    // A row that only says when somebody looked holds no fact.
    licence: isBlank(state) ? {} : sorted(state.licence),
    order: sorted(state.order),
    code: sorted(state.code),
    seat: sorted(state.seat),
  };
}

function isBlank({ licence }: LedgerState): boolean {
  return Object.values(licence.get('') ?? {}).every((value) => value === null);
}
