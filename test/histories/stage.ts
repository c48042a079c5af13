import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { CUSTOM_SUITE, serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
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
import { startCarrier, type Carrier } from './carrier';
import type { App } from './steps';

/** Linux's files in memory. */
const MEMORY = '/dev/shm';

/** 2026-03-02 09:00 in Shanghai: where every history begins. */
const BEGINS_AT_MS = Date.parse('2026-03-02T09:00:00+08:00');

/** Long for a sandbox beside us on a busy machine, and short enough for a silence now and then. */
const DEADLINES = { awaitedMs: 1500, backgroundMs: 8000 };

/** One sandbox and one store, used by history after history, and the server of the present one. */
export type Stage = Control & {
  readonly sandbox: Sandbox;
  readonly store: Store;
  /** Brings the callbacks of the present history's app. */
  readonly carrier: () => Carrier;
  /** The server of the present history. */
  readonly deps: () => Deps;
  /** A new world: WeCom on its first day, an empty store, a fresh server for one of the two apps. */
  readonly begin: (app: App) => Promise<void>;
  /** Resolves when WeCom has delivered, and the server has handled what is due. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const SUITES = { third_party: THIRD_PARTY_SUITE, custom: CUSTOM_SUITE };

export async function openStage(databaseUrl: string | null = null): Promise<Stage> {
  // Where there is memory to write to, waiting for a disk proves nothing here.
  const folder = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'gate-histories-'));
  const carriers = {
    third_party: await startCarrier(THIRD_PARTY_SUITE),
    custom: await startCarrier(CUSTOM_SUITE),
  };
  const sandbox = await createSandbox({
    appUrl: carriers.third_party.origin,
    customAppUrl: carriers.custom.origin,
    samples: false,
    tick: false,
    startAtMs: BEGINS_AT_MS,
  });
  const store = await openStore(databaseUrl ?? folder);
  const metrics = createMetrics();
  const log = createLog('silent');
  let present: { readonly app: App; readonly deps: Deps } | null = null;
  const now = () => {
    if (present === null) throw new Error('no history has begun');
    return present;
  };
  const controls = {
    third_party: createControl(sandbox, SUITES.third_party.suiteId),
    custom: createControl(sandbox, SUITES.custom.suiteId),
  };

  const settle = async (): Promise<void> => {
    const { deps } = now();
    await sandbox.callbacksSettled();
    await handleInbox.run(deps, new AbortController().signal);
    await licenceWorkEnds(deps);
  };
  const begin = async (app: App): Promise<void> => {
    if (present !== null) await licenceWorkEnds(present.deps);
    for (const carrier of Object.values(carriers)) carrier.forget();
    await wipe(store);
    const wecom = serverEnvFor(SUITES[app].suiteId, { sandboxOrigin: sandbox.origin, followClock: false });
    const env = { ...wecom, PUBLIC_URL: carriers[app].origin, DATABASE_URL: databaseUrl ?? folder };
    const given = { clock: sandbox.clock, store, log, metrics, pages: null, deadlines: DEADLINES };
    const deps = await buildDeps(parseConfig(testEnv(env)), folder, given);
    present = { app, deps };
    const handle = createApp(deps).callback();
    carriers[app].serve((req, res) => void handle(req, res));
    // The other app takes no part: it believes everything it is told.
    const other = app === 'custom' ? 'third_party' : 'custom';
    carriers[other].serve((_req, res) => void res.end('success'));
    await controls[app].order('reset', {});
    await settle();
  };
  return {
    order: (path, body) => controls[now().app].order(path, body),
    phone: (holder, client, browser) => controls[now().app].phone(holder, client, browser),
    sandbox,
    store,
    carrier: () => carriers[now().app],
    deps: () => now().deps,
    begin,
    settle,
    close: async () => {
      await sandbox.close();
      await carriers.third_party.close();
      await carriers.custom.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function wipe({ db }: Store): Promise<void> {
  const tables = await db.introspection.getTables();
  for (const { name } of tables) if (isOurs(name)) await db.deleteFrom(name).execute();
}

function isOurs(name: string): name is keyof Database {
  return !name.startsWith('kysely_');
}
