import { sql } from 'kysely';
import { asStoreFault } from '../../server/store/faults';
import { openStore, type Store } from '../../server/store/store';
import { findToken, saveToken } from '../../server/store/tokens';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { batteryOfTests } from './battery-of-tests';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

batteryOfTests('PostgreSQL store', () => ({ makePlace: postgres.createDatabase, open: openStore }));

test('an integer beyond 2^53 is refused instead of being read wrong', async () => {
  const store = await openStore(await postgres.createDatabase());
  await saveToken(store.db, { key: 'huge', valueSealed: 'x', expiresAtMs: Number.MAX_SAFE_INTEGER });
  expect((await findToken(store.db, 'huge'))?.expires_at_ms).toBe(Number.MAX_SAFE_INTEGER);
  await sql`update tokens set expires_at_ms = 9007199254740993`.execute(store.db);
  await expect(findToken(store.db, 'huge')).rejects.toThrow('beyond 2^53');
  await store.close();
});

/** Ends the connection that runs `pg_sleep`, as a server that restarts does. */
async function endSleeper(killer: Store, database: string): Promise<void> {
  const kill = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${database} and query like '%pg_sleep%'`;
  while ((await kill.execute(killer.db)).rows.length === 0) await new Promise(setImmediate);
}

test('a connection that breaks is store.unavailable for its query, and the next ones work again', async () => {
  const url = await postgres.createDatabase();
  const store = await openStore(url, { maxConnections: 1 });
  const killer = await openStore(postgres.url);
  const running = sql`select pg_sleep(20)`.execute(store.db).catch((error: unknown) => error);
  await endSleeper(killer, new URL(url).pathname.slice(1));
  expect(asStoreFault(await running)?.code).toBe('store.unavailable');
  for (;;) {
    const fault: unknown = await store.ping().catch((error: unknown) => error);
    if (fault === undefined) break;
    expect(asStoreFault(fault)?.code).toBe('store.unavailable');
  }
  await store.close();
  await killer.close();
});

test('a server that is not there is store.unavailable, after the time that was allowed', async () => {
  const refused: unknown = await openStore('postgres://nobody@127.0.0.1:9/none', { waitMs: 500 }).catch(
    (error: unknown) => error,
  );
  expect(asStoreFault(refused)?.code).toBe('store.unavailable');
});
