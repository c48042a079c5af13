import type { Kysely } from 'kysely';
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

/** Puts a callback back as if it had just come; one that is being handled right now stays with who has it. */
export async function replayCallback(db: Db, eventKey: string, nowMs: number): Promise<boolean> {
  const result = await db
    .updateTable('inbox')
    .set({ state: 'new', attempts: 0, next_attempt_at_ms: nowMs, message: null })
    .where('event_key', '=', eventKey)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
