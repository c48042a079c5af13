import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { createApp } from '../../server/app';
import { buildDeps } from '../../server/build-deps';
import { parseConfig } from '../../server/config';
import type { Deps } from '../../server/deps';
import { handleInbox } from '../../server/jobs/handle-inbox';
import { licenceWorkEnds } from '../../server/licences/process-memory';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import type { Database } from '../../server/store/schema';
import { openStore, type Store } from '../../server/store/store';
import { testEnv } from '../support/app';
import { createControl, type Control } from '../support/control';
import { listen, startCarrier, type Carrier } from './carrier';
import { createServer } from 'node:http';

/** Linux's files in memory. */
const MEMORY = '/dev/shm';

/** 2026-03-02 09:00 in Shanghai: where every history begins. */
const BEGINS_AT_MS = Date.parse('2026-03-02T09:00:00+08:00');

/** One sandbox and one store, used by history after history, and the server of the present one. */
export type Stage = Control & {
  readonly sandbox: Sandbox;
  readonly carrier: Carrier;
  readonly store: Store;
  /** The server of the present history. */
  readonly deps: () => Deps;
  /** A new world: WeCom on its first day, an empty store, a fresh server. */
  readonly begin: () => Promise<void>;
  /** Resolves when WeCom has delivered, and the server has handled what is due. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openStage(databaseUrl: string | null = null): Promise<Stage> {
  // Where there is memory to write to, waiting for a disk proves nothing here.
  const folder = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'gate-histories-'));
  const carrier = await startCarrier();
  const other = await startOtherApp();
  const sandbox = await createSandbox({
    appUrl: carrier.origin,
    customAppUrl: other.origin,
    samples: false,
    tick: false,
    startAtMs: BEGINS_AT_MS,
  });
  const store = await openStore(databaseUrl ?? folder);
  const wecom = serverEnvFor(THIRD_PARTY_SUITE.suiteId, { sandboxOrigin: sandbox.origin, followClock: false });
  const config = parseConfig(testEnv({ ...wecom, PUBLIC_URL: carrier.origin, DATABASE_URL: databaseUrl ?? folder }));
  const metrics = createMetrics();
  const log = createLog('silent');
  let deps: Deps | null = null;
  const present = (): Deps => {
    if (deps === null) throw new Error('no history has begun');
    return deps;
  };

  const settle = async (): Promise<void> => {
    await sandbox.callbacksSettled();
    await handleInbox.run(present(), new AbortController().signal);
    await licenceWorkEnds(present());
  };
  const begin = async (): Promise<void> => {
    if (deps !== null) await licenceWorkEnds(deps);
    carrier.forget();
    await wipe(store);
    deps = await buildDeps(config, folder, { clock: sandbox.clock, store, log, metrics, pages: null });
    const handle = createApp(deps).callback();
    carrier.serve((req, res) => void handle(req, res));
    await control.order('reset', {});
    await settle();
  };
  const control = createControl(sandbox, THIRD_PARTY_SUITE.suiteId);
  return {
    ...control,
    sandbox,
    carrier,
    store,
    deps: present,
    begin,
    settle,
    close: async () => {
      await sandbox.close();
      await carrier.close();
      await other.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sandbox's second app takes no part: it believes everything it is told. */
async function startOtherApp(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((_req, res) => void res.end('success'));
  const origin = await listen(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, close };
}

async function wipe({ db }: Store): Promise<void> {
  const tables = await db.introspection.getTables();
  for (const { name } of tables) if (isOurs(name)) await db.deleteFrom(name).execute();
}

function isOurs(name: string): name is keyof Database {
  return !name.startsWith('kysely_');
}
