import { sql, type Kysely } from 'kysely';
import type { Database, MembersTable, StoredSource } from './schema';

type Db = Kysely<Database>;

/** What is on record about a member; null when nobody of that id ever came. */
export async function findMember(db: Db, corpId: string, userId: string): Promise<MembersTable | null> {
  const row = await db
    .selectFrom('members')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Makes sure a member of a corp that has the app has a row; an existing one stays as it is. Nobody of another corp gets
 * one: its people are none of ours, and nothing would tell when to forget them.
 */
export async function ensureMember(db: Db, corpId: string, userId: string, nowMs: number): Promise<void> {
  const unsaid = sql<StoredSource>`cast('default' as text)`;
  const row = db
    .selectFrom('corps')
    .select([
      'corp_id',
      sql<string>`cast(${userId} as text)`.as('user_id'),
      unsaid.as('range_source'),
      unsaid.as('seats_source'),
      sql<number>`cast(${nowMs} as bigint)`.as('created_at_ms'),
    ])
    .where('corp_id', '=', corpId)
    .where('status', '=', 'installed');
  await db
    .insertInto('members')
    .columns(['corp_id', 'user_id', 'range_source', 'seats_source', 'created_at_ms'])
    .expression(row)
    .onConflict((conflict) => conflict.columns(['corp_id', 'user_id']).doNothing())
    .execute();
}

/** Keeps the member's id across the provider's apps; a login that does not tell it forgets nothing. */
export async function saveOpenUserId(db: Db, corpId: string, userId: string, openUserId: string | null): Promise<void> {
  if (openUserId === null) return;
  await db
    .updateTable('members')
    .set({ open_user_id: openUserId })
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .execute();
}

type MemberChange = Partial<
  Pick<
    MembersTable,
    | 'in_range'
    | 'range_source'
    | 'range_checked_at_ms'
    | 'seats_checked_at_ms'
    | 'seats_source'
    | 'last_allowed_at_ms'
    | 'last_allowed_reason'
  >
>;

async function updateMember(db: Db, corpId: string, userId: string, change: MemberChange): Promise<void> {
  await db.updateTable('members').set(change).where('corp_id', '=', corpId).where('user_id', '=', userId).execute();
}

/** Keeps whether the member is in the app's visible range; null: no longer known. */
export async function saveRange(
  db: Db,
  corpId: string,
  userId: string,
  range: { readonly inRange: boolean | null; readonly source: StoredSource; readonly atMs: number },
): Promise<void> {
  await updateMember(db, corpId, userId, {
    in_range: range.inRange === null ? null : Number(range.inRange),
    range_source: range.source,
    range_checked_at_ms: range.atMs,
  });
}

/**
 * Keeps what an event says of the range, at the event's own time. False when something newer is on record: then nothing
 * changes. Where nothing is known any event is news.
 */
export async function saveNewerRange(
  db: Db,
  corpId: string,
  userId: string,
  { atMs, inRange }: { readonly inRange: boolean; readonly atMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('members')
    .set({ in_range: Number(inRange), range_source: 'callback', range_checked_at_ms: atMs })
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where((eb) => eb.or([eb('in_range', 'is', null), eb('range_checked_at_ms', '<=', atMs)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Who was told to be outside the visible range is no longer known to be. */
export async function forgetRefusedRanges(db: Db, corpId: string, atMs: number): Promise<void> {
  await db
    .updateTable('members')
    .set({ in_range: null, range_source: 'default', range_checked_at_ms: atMs })
    .where('corp_id', '=', corpId)
    .where('in_range', '=', 0)
    .execute();
}

/** Notes when, and from whom, the member's seats were last heard. */
export async function markSeatsRead(
  db: Db,
  corpId: string,
  userId: string,
  read: { readonly source: StoredSource; readonly atMs: number },
): Promise<void> {
  await updateMember(db, corpId, userId, { seats_checked_at_ms: read.atMs, seats_source: read.source });
}

/** The seats on record may be wrong: the next visit asks WeCom. Without `userId`, those of the whole corp. */
export async function markSeatsDoubtful(db: Db, corpId: string, userId: string | null): Promise<void> {
  const update = db.updateTable('members').set({ seats_checked_at_ms: 0 }).where('corp_id', '=', corpId);
  await (userId === null ? update : update.where('user_id', '=', userId)).execute();
}

/**
 * The seats on record may be wrong, and a member who was outside the visible range may be inside. One statement: this is
 * what most callbacks come to.
 */
export async function markMemberDoubtful(db: Db, corpId: string, userId: string, atMs: number): Promise<void> {
  const wasOutside = sql<boolean>`in_range = 0`;
  await db
    .updateTable('members')
    .set((eb) => ({
      seats_checked_at_ms: 0,
      range_source: eb.case().when(wasOutside).then<StoredSource>('default').else(eb.ref('range_source')).end(),
      range_checked_at_ms: eb.case().when(wasOutside).then(atMs).else(eb.ref('range_checked_at_ms')).end(),
      in_range: sql<number | null>`nullif(in_range, 0)`,
    }))
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .execute();
}

/** Remembers the last verdict that let the member in. */
export async function saveLastAllowed(
  db: Db,
  corpId: string,
  userId: string,
  allowed: { readonly atMs: number; readonly reason: string },
): Promise<void> {
  await updateMember(db, corpId, userId, { last_allowed_at_ms: allowed.atMs, last_allowed_reason: allowed.reason });
}

/** Whether this corp has a member of that id: one who came here, or one whom WeCom lists with a seat. */
export async function isKnownMember(db: Db, corpId: string, userId: string): Promise<boolean> {
  if ((await findMember(db, corpId, userId)) !== null) return true;
  const seat = await db
    .selectFrom('seats')
    .select('user_id')
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return seat !== undefined;
}

/** Forgets a member who has a row only because the id was asked about: who never came and holds no seat. */
export async function forgetStranger(db: Db, corpId: string, userId: string): Promise<void> {
  await db
    .deleteFrom('members')
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('open_user_id', 'is', null)
    .where('last_allowed_at_ms', 'is', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('seats')
            .select('seats.user_id')
            .whereRef('seats.corp_id', '=', 'members.corp_id')
            .whereRef('seats.user_id', '=', 'members.user_id'),
        ),
      ),
    )
    .execute();
}
