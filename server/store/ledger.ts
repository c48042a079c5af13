import type { Kysely, Transaction } from 'kysely';
import { insertMany, type ColumnTypes } from './insert-many';
import type { Database, LedgerEntriesTable, LedgersTable } from './schema';
import type { Store } from './store';

type Db = Kysely<Database>;

const ENTRY_COLUMNS: ColumnTypes<'ledger_entries'> = {
  corp_id: 'text',
  seq: 'bigint',
  subject: 'text',
  subject_id: 'text',
  kind: 'text',
  change_json: 'text',
  source: 'text',
  cause: 'text',
  observed_at_ms: 'bigint',
  wecom_at_ms: 'bigint',
};

const NO_HISTORY = { last_seq: 0, progress_json: null, reconciled_at_ms: 0, heard_json: null };

/** Where a corp's history stands; null when it has none. */
export async function findLedger(db: Db, corpId: string): Promise<LedgersTable | null> {
  const row = await db.selectFrom('ledgers').selectAll().where('corp_id', '=', corpId).executeTakeFirst();
  return row ?? null;
}

/**
 * Takes the corp's history for this transaction: whoever adds to it next, in any process, waits for our end.
 * @returns the number of its last entry
 */
export async function lockLedger(trx: Transaction<Database>, engine: Store['engine'], corpId: string): Promise<number> {
  const find = () =>
    trx
      .selectFrom('ledgers')
      .select('last_seq')
      .where('corp_id', '=', corpId)
      // The embedded engine has one writer anyway.
      .$if(engine === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
  const known = await find();
  if (known !== undefined) return known.last_seq;
  await trx
    .insertInto('ledgers')
    .values({ corp_id: corpId, ...NO_HISTORY })
    .onConflict((conflict) => conflict.column('corp_id').doNothing())
    .execute();
  return (await find())?.last_seq ?? 0;
}

/** Adds entries, numbered from the one after `lastSeq`. Only under `lockLedger`. */
export async function appendEntries(
  trx: Transaction<Database>,
  corpId: string,
  lastSeq: number,
  entries: readonly Omit<LedgerEntriesTable, 'corp_id' | 'seq'>[],
): Promise<void> {
  const rows = entries.map((entry, index) => ({ corp_id: corpId, seq: lastSeq + 1 + index, ...entry }));
  await insertMany(trx, 'ledger_entries', ENTRY_COLUMNS, rows);
  if (rows.length > 0)
    await trx
      .updateTable('ledgers')
      .set({ last_seq: lastSeq + rows.length })
      .where('corp_id', '=', corpId)
      .execute();
}

/** A corp's history after an entry, oldest first. */
export async function listEntries(db: Db, corpId: string, afterSeq = 0, limit = 1000): Promise<LedgerEntriesTable[]> {
  return db
    .selectFrom('ledger_entries')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** Keeps how far a reconciliation has got. */
export async function saveProgress(db: Db, corpId: string, progressJson: string): Promise<void> {
  await saveLedger(db, corpId, { progress_json: progressJson });
}

/** Keeps that a reconciliation has ended, and what it heard where that is worth keeping. */
export async function saveReconciled(
  db: Db,
  corpId: string,
  { atMs, heardJson }: { readonly atMs: number; readonly heardJson: string | null },
): Promise<void> {
  const heard = heardJson === null ? {} : { heard_json: heardJson };
  await saveLedger(db, corpId, { progress_json: null, reconciled_at_ms: atMs, ...heard });
}

async function saveLedger(
  db: Db,
  corpId: string,
  change: Partial<Omit<LedgersTable, 'corp_id' | 'last_seq'>>,
): Promise<void> {
  await db
    .insertInto('ledgers')
    .values({ corp_id: corpId, ...NO_HISTORY, ...change })
    .onConflict((conflict) => conflict.column('corp_id').doUpdateSet(change))
    .execute();
}

/** Forgets every entry that is not about an order, where a reconciliation stood, and what it heard. The numbers go on from where they were. */
export async function deletePersonalEntries(trx: Transaction<Database>, corpId: string): Promise<void> {
  await trx.deleteFrom('ledger_entries').where('corp_id', '=', corpId).where('subject', '!=', 'order').execute();
  await trx
    .updateTable('ledgers')
    .set({ progress_json: null, reconciled_at_ms: 0, heard_json: null })
    .where('corp_id', '=', corpId)
    .execute();
}
