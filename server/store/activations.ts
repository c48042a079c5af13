import type { ExpressionBuilder, Kysely } from 'kysely';
import type { ActivationsTable, Database } from './schema';

type Db = Kysely<Database>;

/** The newest attempt per account type for a member, latest first. */
export async function listActivations(db: Db, corpId: string, userId: string): Promise<ActivationsTable[]> {
  return db
    .selectFrom('activations')
    .selectAll()
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .orderBy('started_at_ms', 'desc')
    .execute();
}

/** When an older attempt stops being in the way: a running one that hangs, a failed one that may be tried again. */
export type ClaimLimits = { readonly hungBeforeMs: number; readonly failedBeforeMs: number };

/**
 * Claims the right to activate: writing the row is the lock, so of any number of callers in any number of processes one
 * gets true while an attempt is running or has just failed. A running one keeps attempts of the other type out as well:
 * an external-contact account serves where a base one would (95652), and two side by side would use up two accounts.
 */
export async function claimActivation(
  db: Db,
  attempt: Pick<ActivationsTable, 'corp_id' | 'user_id' | 'type' | 'attempt_id' | 'mode' | 'started_at_ms'>,
  limits: ClaimLimits,
): Promise<boolean> {
  await clearTheWay(db, attempt, limits);
  const row = { ...attempt, state: 'running', ended_at_ms: null, errcode: null, message: null } as const;
  const claimed = await db
    .insertInto('activations')
    .values(row)
    // Of this member and type, or running for this member: either index refuses.
    .onConflict((conflict) => conflict.doNothing())
    .returning('attempt_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Begun so long ago, or so far ahead that a clock was wrong. */
const isFarFrom = (nowMs: number, beforeMs: number) => (eb: ExpressionBuilder<Database, 'activations'>) =>
  eb.or([eb('started_at_ms', '<=', beforeMs), eb('started_at_ms', '>=', nowMs + Math.max(1, nowMs - beforeMs))]);

/** Ends what hangs and forgets what is over. Needs no transaction: a claim that is then lost has taken nothing away. */
async function clearTheWay(
  db: Db,
  { corp_id, started_at_ms, type, user_id }: Parameters<typeof claimActivation>[1],
  { failedBeforeMs, hungBeforeMs }: ClaimLimits,
): Promise<void> {
  const hangs = isFarFrom(started_at_ms, hungBeforeMs);
  const mayBeTriedAgain = isFarFrom(started_at_ms, failedBeforeMs);
  await db
    .updateTable('activations')
    .set({ state: 'failed', ended_at_ms: started_at_ms, errcode: null, message: 'timeout' })
    .where('corp_id', '=', corp_id)
    .where('user_id', '=', user_id)
    .where('type', '!=', type)
    .where('state', '=', 'running')
    .where(hangs)
    .execute();
  await db
    .deleteFrom('activations')
    .where('corp_id', '=', corp_id)
    .where('user_id', '=', user_id)
    .where('type', '=', type)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'done'),
        eb.and([eb('state', '=', 'running'), hangs(eb)]),
        eb.and([eb('state', '=', 'failed'), mayBeTriedAgain(eb)]),
      ]),
    )
    .execute();
}

/**
 * Gives an attempt all its time again, just before it does what cannot be undone. False when it has been taken over or
 * ended since it was claimed: then it may do nothing more.
 */
export async function renewClaim(db: Db, attemptId: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('activations')
    .set({ started_at_ms: nowMs })
    .where('attempt_id', '=', attemptId)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Writes how an attempt ended; one that was claimed by somebody else since is left alone. */
export async function endActivation(
  db: Db,
  attemptId: string,
  end: Pick<ActivationsTable, 'state' | 'ended_at_ms' | 'errcode' | 'message'>,
): Promise<void> {
  await db.updateTable('activations').set(end).where('attempt_id', '=', attemptId).execute();
}

/** Ends a member's attempts for these types well: the seat is there, whoever brought it. */
export async function completeActivations(
  db: Db,
  corpId: string,
  userId: string,
  { atMs, types }: { readonly types: readonly number[]; readonly atMs: number },
): Promise<void> {
  if (types.length === 0) return;
  await db
    .updateTable('activations')
    .set({ state: 'done', ended_at_ms: atMs, errcode: null, message: null })
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('type', 'in', types)
    .where('state', '!=', 'done')
    .execute();
}
