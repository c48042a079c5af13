import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type Libsql from 'libsql';
import { LRUCache } from 'lru-cache';
import { monotonicMs } from '../clock';
import { createTurn, type Turn } from './turn';

type Statement = Libsql.Statement;

/** Our statements are few; what is generated with lists of values comes and goes. */
const STATEMENTS_KEPT = 500;

/** Between two looks at a lock that another connection holds. */
const RETRY_MS = 10;

/**
 * Kysely over one libsql connection. Unlike Kysely's own driver it takes the write lock when a transaction begins (a
 * deferred one that reads first fails at once when another process wrote meanwhile), serves waiters in order, gives up
 * waiting instead of hanging, and keeps prepared statements.
 */
export class EmbeddedDriver implements Driver {
  readonly #database: Libsql.Database;
  readonly #turn: Turn;
  readonly #connection: DatabaseConnection;

  constructor(database: Libsql.Database, waitMs: number) {
    this.#database = database;
    this.#turn = createTurn(waitMs);
    this.#connection = new EmbeddedConnection(database, waitMs);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turn.take();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#turn.pass();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // Some failures (disk full) have rolled back already, and then there is nothing to undo.
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#turn.take();
    this.#database.close();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #database: Libsql.Database;
  readonly #waitMs: number;
  readonly #statements = new LRUCache<string, { statement: Statement; reads: boolean }>({ max: STATEMENTS_KEPT });

  constructor(database: Libsql.Database, waitMs: number) {
    this.#database = database;
    this.#waitMs = waitMs;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const giveUpAt = monotonicMs() + this.#waitMs;
    for (;;) {
      try {
        return this.#run(query);
      } catch (error) {
        if (!this.#mayTryAgain(error) || monotonicMs() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Busy outside a transaction means that nothing was done: another connection has the write lock. */
  #mayTryAgain(error: unknown): boolean {
    const isBusy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    return isBusy && !this.#database.inTransaction;
  }

  #run<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const { reads, statement } = this.#prepare(sql);
    if (reads) return { rows: statement.all(parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the embedded store does not stream');
  }

  #prepare(sql: string): { statement: Statement; reads: boolean } {
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = this.#database.prepare(sql);
    const prepared = { statement, reads: statement.reader };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
