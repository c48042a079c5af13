import type { Kysely } from 'kysely';
import type { Database, InstallsTable } from './schema';

type Db = Kysely<Database>;

/** The one attempt to exchange an auth_code, whoever makes it; null when nobody has. */
export async function findInstall(db: Db, authCodeHash: string): Promise<InstallsTable | null> {
  const row = await db.selectFrom('installs').selectAll().where('auth_code_hash', '=', authCodeHash).executeTakeFirst();
  return row ?? null;
}

/**
 * Takes an auth_code for exchange: true for one caller only. A running attempt that began before `abandonedBeforeMs`
 * belongs to a process that died, and may be taken over.
 */
export async function claimInstall(
  db: Db,
  claim: { readonly authCodeHash: string; readonly nowMs: number; readonly abandonedBeforeMs: number },
): Promise<boolean> {
  const { abandonedBeforeMs, authCodeHash, nowMs } = claim;
  const result = await db
    .insertInto('installs')
    .values({ auth_code_hash: authCodeHash, state: 'running', corp_id: null, message: null, created_at_ms: nowMs })
    .onConflict((conflict) =>
      conflict
        .column('auth_code_hash')
        .doUpdateSet({ created_at_ms: nowMs })
        .where('installs.state', '=', 'running')
        .where('installs.created_at_ms', '<', abandonedBeforeMs),
    )
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Notes which corp an auth_code turned out to be. */
export async function completeInstall(db: Db, authCodeHash: string, corpId: string): Promise<void> {
  await db
    .updateTable('installs')
    .set({ state: 'done', corp_id: corpId })
    .where('auth_code_hash', '=', authCodeHash)
    .execute();
}

/** Notes that WeCom does not take an auth_code (any more). One that was exchanged meanwhile stays done. */
export async function failInstall(db: Db, authCodeHash: string, message: string): Promise<void> {
  await db
    .updateTable('installs')
    .set({ state: 'failed', message })
    .where('auth_code_hash', '=', authCodeHash)
    .where('state', '=', 'running')
    .execute();
}

/** Gives an auth_code back: WeCom was silent, so the code may still be good for the next delivery. */
export async function releaseInstall(db: Db, authCodeHash: string): Promise<void> {
  await db.deleteFrom('installs').where('auth_code_hash', '=', authCodeHash).where('state', '=', 'running').execute();
}

/** Forgets what became of auth_codes that came before a moment. */
export async function deleteInstallsBefore(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('installs').where('created_at_ms', '<', beforeMs).execute();
}
