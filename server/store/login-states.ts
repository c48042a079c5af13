import type { Kysely } from 'kysely';
import type { Database, LoginStatesTable } from './schema';

type Db = Kysely<Database>;

/** Keeps a login that was begun; `state_hash` is the SHA-256 of what WeCom carries. */
export async function insertLoginState(db: Db, row: LoginStatesTable): Promise<void> {
  await db.insertInto('login_states').values(row).execute();
}

/** The login behind a state, whoever asks; null when we never made it or it was swept away. */
export async function findLoginState(db: Db, stateHash: string): Promise<LoginStatesTable | null> {
  const row = await db.selectFrom('login_states').selectAll().where('state_hash', '=', stateHash).executeTakeFirst();
  return row ?? null;
}

/**
 * Uses a state up: one atomic update, so of any number of callbacks with one state a single one gets true.
 * False as well when it expired or belongs to another browser.
 */
export async function claimLoginState(
  db: Db,
  claim: { stateHash: string; browserHash: string; nowMs: number },
): Promise<boolean> {
  const result = await db
    .updateTable('login_states')
    .set({ used_at_ms: claim.nowMs })
    .where('state_hash', '=', claim.stateHash)
    .where('browser_hash', '=', claim.browserHash)
    .where('used_at_ms', 'is', null)
    .where('expires_at_ms', '>', claim.nowMs)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** How many logins of this browser came back well since a moment: many in a short time mean its session never sticks. */
export async function countLoginsOf(db: Db, browserHash: string, sinceMs: number): Promise<number> {
  const row = await db
    .selectFrom('login_states')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('browser_hash', '=', browserHash)
    .where('used_at_ms', '>=', sinceMs)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Sweeps away logins that ended before a moment. */
export async function deleteLoginStatesBefore(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('login_states').where('expires_at_ms', '<', beforeMs).execute();
}
