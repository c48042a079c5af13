import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database, InboxTable } from './schema';

type Db = Kysely<Database>;
type Listed = Omit<InboxTable, 'body_sealed' | 'lease_until_ms'>;

const LISTED = [
  'event_key',
  'channel',
  'type',
  'corp_id',
  'event_at_ms',
  'received_at_ms',
  'state',
  'attempts',
  'next_attempt_at_ms',
  'message',
] as const satisfies readonly (keyof Listed)[];

/** Callbacks in one state without what they said, the newest first. */
export async function listCallbacks(
  db: Db,
  { corpId, state }: { readonly state: InboxTable['state']; readonly corpId: string | undefined },
  limit: number,
): Promise<Pick<InboxTable, (typeof LISTED)[number]>[]> {
  return db
    .selectFrom('inbox')
    .select(LISTED)
    .where('state', '=', state)
    .$if(corpId !== undefined, (query) => query.where('corp_id', '=', corpId ?? ''))
    .orderBy('received_at_ms', 'desc')
    .orderBy('event_key')
    .limit(limit)
    .execute();
}

/** What came of asking for a callback once more. `emptied`: its corp removed the app, and what it said is deleted. */
export type Replay = 'replayed' | 'emptied' | 'unknown';

/**
 * Puts a callback back as if it had just come. Whoever is handling it right now keeps it until the end, and finds that it
 * came again: it is handled once more afterwards.
 */
export async function replayCallback(db: Db, eventKey: string, nowMs: number): Promise<Replay> {
  const result = await db
    .updateTable('inbox')
    .set({
      state: 'new',
      attempts: 0,
      next_attempt_at_ms: nowMs,
      message: null,
      received_at_ms: laterThanBefore(nowMs),
    })
    .where('event_key', '=', eventKey)
    .where('body_sealed', '!=', '')
    .executeTakeFirst();
  if (result.numUpdatedRows === 1n) return 'replayed';
  const kept = await db.selectFrom('inbox').select('state').where('event_key', '=', eventKey).executeTakeFirst();
  return kept === undefined ? 'unknown' : 'emptied';
}

/** This moment, or just after the arrival on record where that is not in the past: an arrival is told by being later. */
function laterThanBefore(nowMs: number): RawBuilder<number> {
  const now = sql`cast(${nowMs} as bigint)`;
  return sql<number>`case when ${now} > received_at_ms then ${now} else received_at_ms + 1 end`;
}
