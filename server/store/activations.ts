import type { Kysely } from 'kysely';
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
 * gets true while an attempt is running or has just failed.
 */
export async function claimActivation(
  db: Db,
  attempt: Pick<ActivationsTable, 'corp_id' | 'user_id' | 'type' | 'attempt_id' | 'mode' | 'started_at_ms'>,
  limits: ClaimLimits,
): Promise<boolean> {
  const row = { ...attempt, state: 'running', ended_at_ms: null, errcode: null, message: null } as const;
  const claimed = await db
    .insertInto('activations')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['corp_id', 'user_id', 'type'])
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb('activations.state', '=', 'done'),
            eb.and([
              eb('activations.state', '=', 'running'),
              eb('activations.started_at_ms', '<=', limits.hungBeforeMs),
            ]),
            eb.and([
              eb('activations.state', '=', 'failed'),
              eb('activations.started_at_ms', '<=', limits.failedBeforeMs),
            ]),
          ]),
        ),
    )
    .returning('attempt_id')
    .executeTakeFirst();
  return claimed?.attempt_id === attempt.attempt_id;
}

/** Writes how an attempt ended; one that was claimed by somebody else since is left alone. */
export async function endActivation(
  db: Db,
  attemptId: string,
  end: Pick<ActivationsTable, 'state' | 'ended_at_ms' | 'errcode' | 'message'>,
): Promise<void> {
  await db.updateTable('activations').set(end).where('attempt_id', '=', attemptId).execute();
}

/** Ends every running attempt of a member well: the seat is there, whoever brought it. */
export async function completeActivations(db: Db, corpId: string, userId: string, atMs: number): Promise<void> {
  await db
    .updateTable('activations')
    .set({ state: 'done', ended_at_ms: atMs, errcode: null, message: null })
    .where('corp_id', '=', corpId)
    .where('user_id', '=', userId)
    .where('state', '!=', 'done')
    .execute();
}
