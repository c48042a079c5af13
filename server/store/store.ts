import { Kysely, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import { systemClock } from '../clock';
import { openEmbedded } from './embedded';
import { migrate } from './migrate';
import type { NewsChannel } from './news-channel';
import { openPostgres } from './postgres';
import type { Database } from './schema';

export type Engine = 'embedded' | 'postgres';

/** The store, migrated and ready. */
export type Store = {
  readonly db: Kysely<Database>;
  readonly engine: Engine;
  /**
   * Runs `fn` in one transaction: committed when it resolves, rolled back when it throws. Inside, every query goes
   * through the given transaction: on the embedded engine a query through `db` would wait for the transaction itself,
   * and is refused with `store.unavailable` after a few seconds.
   */
  readonly transaction: <T>(fn: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;
  /** One round trip; throws when the store cannot be reached. */
  readonly ping: () => Promise<void>;
  /** The time by which all processes on this store tell whose lease is over: PostgreSQL's own; embedded, the machine's. */
  readonly machineMs: () => Promise<number>;
  readonly close: () => Promise<void>;
  /** What several processes on one PostgreSQL have in common beside tables; null on the embedded engine, which has one. */
  readonly shared: { readonly channel: NewsChannel; readonly pool: Pool } | null;
};

export type StoreOptions = {
  /** Connections to PostgreSQL; the embedded engine always has one. */
  readonly maxConnections?: number;
  /** How long a query waits for a connection, or for the transaction before it. */
  readonly waitMs?: number;
  /** false: look at the store as it is, for the operator's tools; one that is not there is not made. Default true. */
  readonly migrates?: boolean;
  /** Told about a connection that broke while idle; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
};

/**
 * Opens the store and brings its schema up to date; several processes may do so at once.
 * @param databaseUrl `postgres://…`, or a folder for the embedded engine (made when missing, unless it is only looked at)
 */
export async function openStore(databaseUrl: string, options: StoreOptions = {}): Promise<Store> {
  const isServer = /^postgres(ql)?:\/\//.test(databaseUrl);
  const postgres = isServer ? openPostgres(databaseUrl, options) : null;
  const opened = postgres ?? openEmbedded(databaseUrl, options);
  const db = new Kysely<Database>({ dialect: opened.dialect });
  try {
    if (options.migrates ?? true) await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  let closing: Promise<void> | null = null;
  return {
    db,
    engine: isServer ? 'postgres' : 'embedded',
    transaction: (fn) => db.transaction().execute(fn),
    ping: opened.ping,
    machineMs: postgres?.machineMs ?? (async () => systemClock.now()),
    close: () => (closing ??= db.destroy()),
    shared: postgres && { channel: postgres.channel, pool: postgres.pool },
  };
}
