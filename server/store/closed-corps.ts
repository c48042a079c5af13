import type { Kysely } from 'kysely';
import { GONE, newerEvent } from './corps';
import type { CorpsTable, Database } from './schema';

type Db = Kysely<Database>;

/**
 * A corp is closed when it is down as removed and its permanent code is still there: WeCom no longer took the code, or told
 * of a removal and then was silent, so nobody knows for certain. To everything else it is a removed corp; its data and
 * the code wait for WeCom's word. Each change below is about the installation with exactly this code: one that came
 * since is another, whatever the times say.
 */
export type ByCode = { readonly corpId: string; readonly sealedCode: string };

/** Whether this corp is closed. */
export function isClosed(row: Pick<CorpsTable, 'status' | 'permanent_code_sealed'> | null): boolean {
  return row?.status === 'removed' && row.permanent_code_sealed !== null;
}

/** Closes an installed corp. False when it is closed already, or another installation has taken its place. */
export async function closeInstalledCorp(db: Db, { corpId, sealedCode }: ByCode, nowMs: number): Promise<boolean> {
  const result = await db
    .updateTable('corps')
    .set({ status: 'removed', removed_at_ms: nowMs, checked_at_ms: nowMs })
    .where('corp_id', '=', corpId)
    .where('permanent_code_sealed', '=', sealedCode)
    .where('status', '=', 'installed')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Opens a closed corp as it was. False when it is not closed. */
export async function reopenClosedCorp(db: Db, { corpId, sealedCode }: ByCode): Promise<boolean> {
  const result = await db
    .updateTable('corps')
    .set({ status: 'installed', removed_at_ms: null, admins_checked_at_ms: 0 })
    .where('corp_id', '=', corpId)
    .where('permanent_code_sealed', '=', sealedCode)
    .where('status', '=', 'removed')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Marks the corp removed for good and drops its code. False when another installation has taken its place. */
export async function saveCodeGone(
  db: Db,
  { corpId, sealedCode }: ByCode,
  { eventAtMs, nowMs }: { readonly eventAtMs: number; readonly nowMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('corps')
    .set({ ...GONE, removed_at_ms: nowMs, checked_at_ms: nowMs, event_at_ms: newerEvent(eventAtMs) })
    .where('corp_id', '=', corpId)
    .where('permanent_code_sealed', '=', sealedCode)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Puts a newly exchanged code in the place of the one on record, and leaves the corp open, closed or removed as it is. */
export async function keepUnconfirmedCode(
  db: Db,
  corpId: string,
  code: Pick<CorpsTable, 'kind' | 'agent_id' | 'permanent_code_sealed'>,
): Promise<void> {
  await db.updateTable('corps').set(code).where('corp_id', '=', corpId).execute();
}

/** Corps that were closed at that moment or before. */
export async function listCorpsClosedBy(db: Db, atMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('corps')
    .select('corp_id')
    .where('status', '=', 'removed')
    .where('permanent_code_sealed', 'is not', null)
    .where('removed_at_ms', '<=', atMs)
    .execute();
  return rows.map((row) => row.corp_id);
}
