import { sql } from 'kysely';
import { ACTIVATION_TIMEOUT_MS } from '../../domain/activation';
import type { Stage } from './stage';

type Row = {
  readonly user_id: string;
  readonly attempt_id: string;
  readonly state: string;
  readonly started_at_ms: number;
};

/** The history of all attempts to activate somebody, by what the processes wrote down. */
export type Attempts = {
  /** How many were taken over because they had not ended in their time. */
  readonly takeovers: () => Promise<number>;
  /** Those that were taken over while they still had time, in words. */
  readonly stolen: () => Promise<string[]>;
};

/** Has PostgreSQL itself note every change of an attempt: the table keeps the newest only. */
export async function noteAttempts({ store: { db } }: Stage): Promise<Attempts> {
  await sql`create table chaos_attempts (seq bigserial, user_id text, attempt_id text, state text, started_at_ms bigint)`.execute(
    db,
  );
  await sql`
    create function chaos_note_attempt() returns trigger language plpgsql as $$
    begin
      insert into chaos_attempts (user_id, attempt_id, state, started_at_ms)
        values (new.user_id, new.attempt_id, new.state, new.started_at_ms);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger chaos_attempt after insert or update on activations
    for each row execute function chaos_note_attempt()`.execute(db);
  const overtaken = async () => {
    const { rows } = await sql<Row>`select * from chaos_attempts order by seq`.execute(db);
    return overtakenIn(rows);
  };
  return {
    takeovers: async () => (await overtaken()).length,
    stolen: async () =>
      (await overtaken())
        .filter(({ afterMs }) => afterMs < ACTIVATION_TIMEOUT_MS)
        .map(({ afterMs, userId }) => `an attempt for ${userId} was taken over after ${afterMs} ms`),
  };
}

/** Attempts that were still running when another one began, and how long they had run by the clock. */
function overtakenIn(rows: readonly Row[]): { readonly userId: string; readonly afterMs: number }[] {
  const running = new Map<string, Row>();
  const known = new Set<string>();
  return rows.flatMap((row) => {
    const { attempt_id, started_at_ms, state, user_id: userId } = row;
    const before = [...running.values()].filter((one) => one.user_id === userId && one.attempt_id !== attempt_id);
    const isNew = !known.has(attempt_id);
    known.add(attempt_id);
    if (isNew) for (const one of before) running.delete(one.attempt_id);
    if (state === 'running') running.set(attempt_id, row);
    else running.delete(attempt_id);
    return isNew ? before.map((one) => ({ userId, afterMs: started_at_ms - one.started_at_ms })) : [];
  });
}
