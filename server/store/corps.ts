import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { CorpAdminsTable, CorpsTable, Database } from './schema';

type Db = Kysely<Database>;

/** What a reading of the authorisation says; the permanent code and the times are not part of it. */
export type AuthorisationColumns = Pick<CorpsTable, 'kind' | 'name' | 'agent_id' | 'privilege_json'>;

/** Everything kept about a corp besides the row that remembers its id and times, and its orders. */
export const CORP_DATA = [
  'reminders',
  'reminder_sends',
  'records',
  'requests',
  'activations',
  'activation_codes',
  'seats',
  'members',
  'corp_admins',
  'corp_licences',
] as const satisfies readonly (keyof Database)[];

/** What a removal leaves of a corp's row besides ids and times. */
export const GONE = {
  status: 'removed',
  name: null,
  permanent_code_sealed: null,
  privilege_json: null,
  installer_user_id: null,
  source: 'callback',
  admins_checked_at_ms: 0,
} as const satisfies Partial<CorpsTable>;

/** A corp's row, installed or removed; null when we never heard of it. */
export async function findCorp(db: Db, corpId: string): Promise<CorpsTable | null> {
  const row = await db.selectFrom('corps').selectAll().where('corp_id', '=', corpId).executeTakeFirst();
  return row ?? null;
}

/**
 * Keeps an installation. False when a newer event (a removal) is already on record: then nothing changes.
 * The first installer stays known when a later exchange names none (reset_permanent_code).
 * @param confirmed WeCom itself has said that this installation stands, so no event on record speaks against it
 */
export async function saveInstalledCorp(db: Db, row: CorpsTable, confirmed = false): Promise<boolean> {
  const newestAtMs = confirmed ? Number.MAX_SAFE_INTEGER : row.event_at_ms;
  const result = await db
    .insertInto('corps')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('corp_id')
        .doUpdateSet((eb) => ({
          ...row,
          installer_user_id: eb.fn.coalesce('excluded.installer_user_id', 'corps.installer_user_id'),
          event_at_ms: newerEvent(row.event_at_ms),
        }))
        .where('corps.event_at_ms', '<=', newestAtMs),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The later of the event on record and this one. */
export function newerEvent(eventAtMs: number): RawBuilder<number> {
  return sql<number>`case when corps.event_at_ms > ${eventAtMs} then corps.event_at_ms else ${eventAtMs} end`;
}

/** Notes WeCom's own time of an installation, which may have been kept under another clock's. */
export async function noteInstalledAt(db: Db, corpId: string, eventAtMs: number): Promise<void> {
  await db
    .updateTable('corps')
    .set({ event_at_ms: newerEvent(eventAtMs) })
    .where('corp_id', '=', corpId)
    .where('status', '=', 'installed')
    .execute();
}

/** Keeps what get_auth_info said of an installed corp. True when it differs from what was on record. */
export async function updateAuthorisation(
  db: Db,
  corpId: string,
  { checked_at_ms, ...said }: AuthorisationColumns & Pick<CorpsTable, 'checked_at_ms'>,
): Promise<boolean> {
  const seen = { checked_at_ms, source: 'api' } as const;
  const ofInstalled = () => db.updateTable('corps').where('corp_id', '=', corpId).where('status', '=', 'installed');
  const same = await ofInstalled()
    .set(seen)
    .where('kind', '=', said.kind)
    .where('name', 'is not distinct from', said.name)
    .where('agent_id', 'is not distinct from', said.agent_id)
    .where('privilege_json', 'is not distinct from', said.privilege_json)
    .executeTakeFirstOrThrow();
  if (same.numUpdatedRows > 0n) return false;
  const other = await ofInstalled()
    .set({ ...said, ...seen })
    .executeTakeFirstOrThrow();
  return other.numUpdatedRows > 0n;
}

/**
 * Marks a corp removed and drops its permanent code, keeping ids and times. A corp we never had is remembered as removed,
 * so that its late create_auth changes nothing. False when a newer installation is on record.
 */
export async function saveRemovedCorp(
  db: Db,
  removal: {
    readonly corpId: string;
    readonly kind: CorpsTable['kind'];
    readonly eventAtMs: number;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { corpId, eventAtMs, kind, nowMs } = removal;
  const gone = { ...GONE, removed_at_ms: nowMs, event_at_ms: eventAtMs, checked_at_ms: nowMs };
  const result = await db
    .insertInto('corps')
    .values({ corp_id: corpId, kind, agent_id: null, installed_at_ms: 0, ...gone })
    .onConflict((conflict) => conflict.column('corp_id').doUpdateSet(gone).where('corps.event_at_ms', '<=', eventAtMs))
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Deletes a corp's rows; `server/corps/delete-corp-data.ts` says which stay and why. */
export async function deleteCorpRows(db: Db, corpId: string): Promise<void> {
  for (const table of CORP_DATA) await db.deleteFrom(table).where('corp_id', '=', corpId).execute();
}

/** A corp's administrators as last read. */
export async function listAdmins(db: Db, corpId: string): Promise<CorpAdminsTable[]> {
  return db.selectFrom('corp_admins').selectAll().where('corp_id', '=', corpId).orderBy('user_id').execute();
}

/**
 * Replaces a corp's administrators and notes when they were read; a corp without the app is given none. Run it in a
 * transaction: writing the corp's row first makes whoever replaces them at the same moment wait. True when they differ
 * from those on record.
 */
export async function replaceAdmins(
  db: Db,
  corpId: string,
  admins: readonly CorpAdminsTable[],
  checkedAtMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('corps')
    .set({ admins_checked_at_ms: checkedAtMs })
    .where('corp_id', '=', corpId)
    .where('status', '=', 'installed')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n || areSame(await listAdmins(db, corpId), admins)) return false;
  await db.deleteFrom('corp_admins').where('corp_id', '=', corpId).execute();
  if (admins.length === 0) return true;
  await db
    .insertInto('corp_admins')
    .values([...admins])
    // One of them may log in meanwhile (addAdmin).
    .onConflict((conflict) =>
      conflict.columns(['corp_id', 'user_id']).doUpdateSet((eb) => ({ auth_type: eb.ref('excluded.auth_type') })),
    )
    .execute();
  return true;
}

function areSame(some: readonly CorpAdminsTable[], others: readonly CorpAdminsTable[]): boolean {
  const authTypes = new Map(some.map(({ auth_type, user_id }) => [user_id, auth_type]));
  return some.length === others.length && others.every((one) => authTypes.get(one.user_id) === one.auth_type);
}

/** Corps that have the app, in the order of their ids, from the one after `afterId`: for walking through all of them. */
export async function listInstalledCorpsAfter(db: Db, afterId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('status', '=', 'installed')
    .where('corp_id', '>', afterId)
    .orderBy('corp_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.corp_id);
}

/** Adds one administrator whom WeCom named at login, until the list is read again. */
export async function addAdmin(db: Db, corpId: string, userId: string): Promise<void> {
  await db
    .insertInto('corp_admins')
    .values({ corp_id: corpId, user_id: userId, auth_type: 1 })
    .onConflict((conflict) => conflict.columns(['corp_id', 'user_id']).doUpdateSet({ auth_type: 1 }))
    .execute();
}
