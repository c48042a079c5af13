import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildDeps, type GivenDeps } from '../../server/build-deps';
import { systemClock, type Clock } from '../../server/clock';
import { parseConfig, type Config } from '../../server/config';
import type { Deps } from '../../server/deps';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import { startServer } from '../../server/start-server';

export type TestApp = {
  readonly origin: string;
  readonly deps: Deps;
  /** Every log line so far, as text. */
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
};

/** A clock that stands still until it is told otherwise. */
export type SettableClock = Clock & { readonly set: (nowMs: number) => void; readonly advance: (ms: number) => void };

export function settableClock(startMs: number = systemClock.now()): SettableClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set: (toMs) => void (nowMs = toMs),
    advance: (byMs) => void (nowMs += byMs),
  };
}

/** A complete environment of the server; `over` replaces or (undefined) removes variables. */
export function testEnv(over: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    PUBLIC_URL: 'http://127.0.0.1',
    WECOM_SUITE_ID: 'wwsuite0000000001',
    WECOM_SUITE_SECRET: 'suite-secret-of-a-test',
    WECOM_CALLBACK_TOKEN: 'callbacktoken',
    WECOM_CALLBACK_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    WECOM_PROVIDER_CORP_ID: 'wwprovider00000001',
    WECOM_PROVIDER_SECRET: 'provider-secret-of-a-test',
    SESSION_SECRET: 'a-session-secret-of-a-test',
    DATA_KEY: randomBytes(32).toString('base64'),
    // Nothing listens there: a test that lets the server call WeCom says where it is.
    WECOM_API_ORIGIN: 'http://127.0.0.1:9',
    LOG_LEVEL: 'debug',
    ...over,
  };
}

export type AppOptions = {
  /** Environment variables over those of `testEnv`. */
  readonly env?: Record<string, string | undefined>;
  /** Config fields over the parsed ones. */
  readonly config?: Partial<Config>;
  /** Parts in place of the real ones: a clock, a store, built pages. */
  readonly given?: GivenDeps;
};

/**
 * The real server on a port of its own, with a fresh embedded store unless DATABASE_URL or a store is given. PUBLIC_URL
 * is where it listens unless the test says otherwise. No front end is built.
 */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-app-'));
  const port = await findFreePort();
  const env = testEnv({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: folder,
    ...options.env,
  });
  const config = { ...parseConfig(env), ...options.config };
  const lines: string[] = [];
  const log = createLog(config.logLevel, { write: (line: string) => void lines.push(line) });
  const given = { log, metrics: createMetrics(), pages: null, ...options.given };
  const deps = await buildDeps(config, path.join(folder, 'dist'), given);
  const server = await startServer(deps, { host: '127.0.0.1' });
  return {
    origin: server.origin,
    deps,
    logs: () => lines.join(''),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PUBLIC_URL has to be known before the server listens. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
