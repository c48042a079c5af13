import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { startNode } from './load';

/** The sandbox, and the environment in which any server of the bench believes in it. */
export type BenchWorld = {
  readonly sandbox: Sandbox;
  /** The address that PUBLIC_URL and the sandbox know; the server under test listens there. */
  readonly origin: string;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A sandbox with its sample corps, a free port for the server and an empty folder for its embedded store. */
export async function createBenchWorld(): Promise<BenchWorld> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-bench-'));
  const sandbox = await createSandbox({ appUrl: origin });
  const env = {
    ...serverEnvFor(THIRD_PARTY_SUITE.suiteId, { sandboxOrigin: sandbox.origin, followClock: false }),
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: path.join(folder, 'store'),
    SESSION_SECRET: randomBytes(32).toString('base64'),
    DATA_KEY: randomBytes(32).toString('base64'),
    // The facts stay in the store while we measure: a verdict from cached facts is what the figure is about.
    FACTS_FRESH_SECONDS: '86400',
  };
  const close = async (): Promise<void> => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { sandbox, origin, env, close };
}

/** A server that was started; `readyAfterMs` counts from the moment its process was asked for. */
export type Started = { readonly readyAfterMs: number; readonly stop: () => Promise<void> };

/** Starts a production build and waits until it says it is ready; the server serves the front end that lies beside it. */
export async function startProduction(world: BenchWorld, dist = 'dist'): Promise<Started> {
  const startedAt = performance.now();
  const child = startNode(path.resolve(dist, 'server/main.cjs'), 'server', world.env);
  const exited = once(child, 'exit');
  while (!(await isReady(world.origin))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    await pause(5);
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  return { readyAfterMs: performance.now() - startedAt, stop };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false; // nobody listens yet
    throw error;
  }
}
