import { sql, type Kysely } from 'kysely';
import { createGroupCommit } from './group-commit';
import { insertMany, type ColumnTypes } from './insert-many';
import type { Database, InboxTable } from './schema';
import type { Store } from './store';

type Db = Kysely<Database>;

/** What a verified callback brings; the rest of its row is bookkeeping. */
export type NewCallback = Pick<
  InboxTable,
  'event_key' | 'channel' | 'type' | 'corp_id' | 'event_at_ms' | 'body_sealed' | 'received_at_ms'
>;

const COLUMNS: ColumnTypes<'inbox'> = {
  event_key: 'text',
  channel: 'text',
  type: 'text',
  corp_id: 'text',
  event_at_ms: 'bigint',
  body_sealed: 'text',
  received_at_ms: 'bigint',
  state: 'text',
  attempts: 'bigint',
  next_attempt_at_ms: 'bigint',
  lease_until_ms: 'bigint',
  message: 'text',
};

/**
 * Keeps callbacks, one row for equal ones. WeCom's times are whole seconds, so an equal callback is either a retry or a
 * second change within that second: one that was handled already is handled again, since handlers read the state anew.
 */
async function insertCallbacks(db: Db, callbacks: readonly NewCallback[]): Promise<void> {
  const different = [...new Map(callbacks.map((callback) => [callback.event_key, callback])).values()];
  // In one order everywhere, so that two commits under way never wait for each other's rows.
  different.sort((one, other) => (one.event_key < other.event_key ? -1 : 1));
  const rows = different.map((callback) => ({
    ...callback,
    state: 'new' as const,
    attempts: 0,
    next_attempt_at_ms: callback.received_at_ms,
    lease_until_ms: 0,
    message: null,
  }));
  await insertMany(db, 'inbox', COLUMNS, rows, (insert) =>
    insert.onConflict((conflict) =>
      conflict.column('event_key').doUpdateSet({
        received_at_ms: sql`case when excluded.received_at_ms > inbox.received_at_ms
          then excluded.received_at_ms else inbox.received_at_ms + 1 end`,
        next_attempt_at_ms: sql`case when inbox.state = 'done'
          then excluded.received_at_ms else inbox.next_attempt_at_ms end`,
        attempts: sql`case when inbox.state = 'done' then 0 else inbox.attempts end`,
        state: sql`case when inbox.state = 'done' then 'new' else inbox.state end`,
      }),
    ),
  );
}

/** Returns the function that keeps a callback: it resolves after the commit it shares with those that came with it. */
export function createInboxWriter(store: Store): (callback: NewCallback) => Promise<void> {
  return createGroupCommit(store, insertCallbacks);
}

type Claim = {
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly limit: number;
  /** Corps whose callbacks are left where they are: earlier ones of theirs are being handled. */
  readonly exceptCorpIds?: readonly string[];
};

/** As text in the statement: SQLite uses an index over some of the rows only for a condition that it can read. */
const WAITING = sql.lit('new' as const);

/** In the statement as the index `inbox_in_turn` has it. */
const OF_A_CORP = sql<boolean>`(corp_id is not null)`;

/**
 * Takes callbacks that are due for this process alone until the lease ends: first those that speak of no corp, since a
 * ticket and an auth_code soon die, then the oldest event first. A process that dies leaves its lease to run out, and the
 * callback is taken again.
 */
export async function claimCallbacks(
  store: Store,
  { exceptCorpIds = [], leaseMs, limit, nowMs }: Claim,
): Promise<InboxTable[]> {
  const claimed = await store.db
    .with(
      (cte) => cte('due').materialized(),
      (db) =>
        db
          .selectFrom('inbox')
          .select('event_key')
          .where('state', '=', WAITING)
          .where('next_attempt_at_ms', '<=', nowMs)
          .where('lease_until_ms', '<=', nowMs)
          .$if(exceptCorpIds.length > 0, (query) =>
            query.where((eb) => eb.or([eb('corp_id', 'is', null), eb('corp_id', 'not in', exceptCorpIds)])),
          )
          .orderBy(OF_A_CORP)
          .orderBy('event_at_ms')
          .orderBy('received_at_ms')
          .limit(limit)
          // Only PostgreSQL has more than one writer; there nobody waits for another's rows.
          .$if(store.engine === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('inbox')
    .set((eb) => ({ lease_until_ms: nowMs + leaseMs, attempts: eb('attempts', '+', 1) }))
    .where('event_key', 'in', (eb) => eb.selectFrom('due').select('event_key'))
    .returningAll()
    .execute();
  const ofACorp = (row: InboxTable) => Number(row.corp_id !== null);
  return claimed.sort(
    (a, b) => ofACorp(a) - ofACorp(b) || a.event_at_ms - b.event_at_ms || a.received_at_ms - b.received_at_ms,
  );
}

/** Makes a claim last longer. False when it ran out and somebody else has taken the callback, or ended it. */
export async function renewCallbackLease(
  db: Db,
  claimed: Pick<InboxTable, 'event_key' | 'lease_until_ms'>,
  leaseUntilMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('inbox')
    .set({ lease_until_ms: leaseUntilMs })
    .where('event_key', '=', claimed.event_key)
    .where('state', '=', 'new')
    .where('lease_until_ms', '=', claimed.lease_until_ms)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

type Ended = Pick<InboxTable, 'event_key' | 'received_at_ms'>;

/** Returns the function that ends a handled callback, together with those that end with it; see `settleCallback`. */
export function createInboxSettler(store: Store): (claimed: Ended) => Promise<void> {
  return createGroupCommit(store, settleHandled);
}

async function settleHandled(db: Db, ended: readonly Ended[]): Promise<void> {
  const rows = ended.map((row) => sql`(cast(${row.event_key} as text), cast(${row.received_at_ms} as bigint))`);
  await sql`
    with ended(event_key, received_at_ms) as (values ${sql.join(rows)})
    update inbox set message = null, lease_until_ms = 0,
      state = case when inbox.received_at_ms > ended.received_at_ms then 'new' else 'done' end
    from ended where inbox.event_key = ended.event_key`.execute(db);
}

/**
 * Ends a callback: handled, or given up with the reason. Its key stays, so that a late retry is known. One that came
 * again since it was claimed is not ended but due at once.
 */
export async function settleCallback(
  db: Db,
  claimed: Ended,
  outcome: { readonly state: 'done' | 'dead'; readonly message: string | null },
): Promise<void> {
  const cameAgain = sql<boolean>`received_at_ms > ${claimed.received_at_ms}`;
  await db
    .updateTable('inbox')
    .set((eb) => ({
      state: eb
        .case()
        .when(cameAgain)
        .then('new' as const)
        .else(outcome.state)
        .end(),
      message: outcome.message,
      lease_until_ms: 0,
    }))
    .where('event_key', '=', claimed.event_key)
    .execute();
}

/** Puts a callback back for a later attempt. */
export async function postponeCallback(
  db: Db,
  eventKey: string,
  later: { readonly nextAttemptAtMs: number; readonly message: string },
): Promise<void> {
  await db
    .updateTable('inbox')
    .set({ next_attempt_at_ms: later.nextAttemptAtMs, lease_until_ms: 0, message: later.message })
    .where('event_key', '=', eventKey)
    .where('state', '=', 'new')
    .execute();
}

/**
 * Forgets what some of a corp's settled callbacks said; their keys stay, so that a late retry is known. A part at a time: a
 * large corp has hundreds of thousands, and whoever writes a callback meanwhile should not wait for all of them.
 * @returns how many those were; fewer than `limit` when none is left
 */
export async function forgetWordsOfCorp(db: Db, corpId: string, limit: number): Promise<number> {
  const some = db
    .selectFrom('inbox')
    .select('event_key')
    .where('corp_id', '=', corpId)
    // As text, as above: the index holds these only.
    .where('state', '!=', sql.lit('new' as const))
    .where('body_sealed', '!=', sql.lit(''))
    .limit(limit);
  const result = await db
    .updateTable('inbox')
    .set({ body_sealed: '' })
    .where('event_key', 'in', some)
    .where('state', '!=', 'new')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** How many callbacks wait to be handled, and since when the oldest does (null: none). */
export async function countWaitingCallbacks(db: Db): Promise<{ count: number; oldestAtMs: number | null }> {
  const row = await db
    .selectFrom('inbox')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('received_at_ms').as('oldest')])
    .where('state', '=', WAITING)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldestAtMs: row.oldest };
}

/** Deletes settled callbacks received before a moment; WeCom repeats none after so long. */
export async function deleteSettledCallbacksBefore(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('inbox').where('state', '!=', 'new').where('received_at_ms', '<', beforeMs).execute();
}
