import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect } from 'kysely';
import Libsql from 'libsql';
import { EmbeddedDriver } from './embedded-driver';
import type { StoreOptions } from './store';

/** Name of the one file inside the folder. */
const FILE = 'gate.db';

/** Another connection to the same file may be writing; a statement of ours waits this long before it gives up. */
const WAIT_MS = 5_000;

/** SQLite's own waiting stops the whole process, so it is short; the driver does the rest between turns of the loop. */
const BUSY_TIMEOUT_MS = 20;

/**
 * FULL: a commit is on the disk before it is acknowledged, so a power cut loses nothing either. 64 MiB of cache turned
 * the slowest reads of a big file from 331 into 30 µs.
 */
const PRAGMAS = [
  // While opening nothing else runs yet; two processes may be making the file at once.
  `busy_timeout=${WAIT_MS}`,
  'journal_mode=WAL',
  'synchronous=FULL',
  'cache_size=-65536',
  'foreign_keys=ON',
  `busy_timeout=${BUSY_TIMEOUT_MS}`,
];

/** SQLite can change its schema inside a transaction; Kysely's own adapter says no, and would migrate without one. */
class EmbeddedAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Looked for as it is, and not there: nothing was made. */
export class NoStoreError extends Error {}

export function openEmbedded(folder: string, options: StoreOptions): { dialect: Dialect; ping: () => Promise<void> } {
  const file = path.join(folder, FILE);
  if (options.migrates === false && !existsSync(file))
    throw new NoStoreError(`no store there: ${path.resolve(file)} does not exist. Is DATABASE_URL right?`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new Libsql(file);
  for (const pragma of PRAGMAS) database.pragma(pragma);
  const dialect: Dialect = {
    createAdapter: () => new EmbeddedAdapter(),
    createDriver: () => new EmbeddedDriver(database, options.waitMs ?? WAIT_MS),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return { dialect, ping: async () => void database.prepare('SELECT 1').get() };
}
