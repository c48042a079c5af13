import { PostgresDialect, type Dialect } from 'kysely';
import { Pool, types } from 'pg';
import { createNewsChannel, type NewsChannel } from './news-channel';
import type { StoreOptions } from './store';

/** Longer than any query of ours takes; a lost network must not hold a request for ever. */
const QUERY_DEADLINE_MS = 10_000;
const CONNECT_DEADLINE_MS = 5_000;
/** Twelve callbacks are handled at once (jobs/handle-inbox); the rest is for those who wait for an answer. */
const CONNECTIONS = 16;
/** Longer than the server's own deadline, for when the server is not there to keep it. */
const ANSWER_DEADLINE_MS = 12_000;

const NOW = 'SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint AS now';

/** int8 as a number: ours are milliseconds and counts. Beyond 2^53 it would be silently wrong, so that throws. */
function parseBigInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 beyond 2^53 was read');
  return value;
}

/** Per pool, so that nobody else's `pg` in this process changes. */
const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
  id === types.builtins.INT8 ? parseBigInteger : types.getTypeParser(id, format as 'text');

export type OpenedPostgres = {
  readonly dialect: Dialect;
  readonly ping: () => Promise<void>;
  readonly machineMs: () => Promise<number>;
  readonly pool: Pool;
  readonly channel: NewsChannel;
};

export function openPostgres(url: string, options: StoreOptions): OpenedPostgres {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: options.waitMs ?? CONNECT_DEADLINE_MS,
    query_timeout: ANSWER_DEADLINE_MS,
    keepAlive: true,
    application_name: 'wecom-activation-gate',
  };
  const pool = new Pool({
    ...connection,
    max: options.maxConnections ?? CONNECTIONS,
    statement_timeout: QUERY_DEADLINE_MS,
    idle_in_transaction_session_timeout: QUERY_DEADLINE_MS,
    types: { getTypeParser },
  });
  // Without a listener a server that goes away ends this process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // The same while one is lent out between two queries of a transaction; the next query fails and tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    dialect: new PostgresDialect({ pool }),
    ping: async () => void (await pool.query('SELECT 1')),
    machineMs: async () => {
      const { rows } = await pool.query<{ now: number }>(NOW);
      return rows[0]?.now ?? Number.NaN;
    },
    pool,
    channel: createNewsChannel(pool, connection),
  };
}
