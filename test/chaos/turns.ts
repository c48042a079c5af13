import { sql } from 'kysely';
import type { Stage } from './stage';

/** Has PostgreSQL itself note every job that is taken up although it has ended; the function gives them back. */
export async function noteTurns({ store: { db } }: Stage): Promise<() => Promise<string[]>> {
  await sql`create table chaos_turns (id text)`.execute(db);
  await sql`
    create function chaos_note_turn() returns trigger language plpgsql as $$
    begin
      insert into chaos_turns values (new.id);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger chaos_turn after update on jobs for each row
    when (old.finished_at_ms is not null and new.revision = old.revision and new.lease_token is not null)
    execute function chaos_note_turn()`.execute(db);
  return async () => {
    const { rows } = await sql<{ id: string }>`select id from chaos_turns`.execute(db);
    return rows.map(({ id }) => `the job ${id} ran again after it had ended`);
  };
}
