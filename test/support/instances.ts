import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { findFreePort, testEnv } from './app';
import { createControl, type Control } from './control';
import { startPostgres, type TestPostgres } from './postgres';
import { startProgram, untilSaid, type Program } from './program';
import { startProxy, type Proxy } from './proxy';
import { waitFor } from './wait-for';
import type { SandboxCorp } from './world';

export type Instance = { readonly origin: string; readonly program: Program };

/** Real server processes on one real PostgreSQL, behind one address that gives each request to the next of them. */
export type Instances = Control & {
  /** The address that browsers and WeCom use. */
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly postgres: TestPostgres;
  readonly servers: readonly Instance[];
  /** Every request that came to the common address. */
  readonly front: Proxy;
  /** Every call to WeCom, whichever instance made it. */
  readonly calls: Proxy;
  /** The servers' environment, for programs beside them. */
  readonly env: NodeJS.ProcessEnv;
  /** A corp with the app installed and known to the servers. */
  readonly corp: (members: readonly string[]) => Promise<SandboxCorp>;
  /** Sends everything to this one until the returned function is called. */
  readonly pin: (server: Instance) => () => void;
  /** Starts another in the place of the nth, whose process has ended. */
  readonly startAgain: (nth: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type InstancesOptions = {
  /** A PostgreSQL of their own, which may be crashed. */
  readonly ownPostgres?: boolean;
  /** First moment of WeCom's time. */
  readonly startAtMs?: number;
  /** A built server in place of the source: it starts much faster. */
  readonly program?: string;
  /** Environment variables over those of a test. */
  readonly env?: Readonly<Record<string, string>>;
};

export async function startInstances(count: number, options: InstancesOptions = {}): Promise<Instances> {
  const postgres = await startPostgres({ own: options.ownPostgres ?? false });
  const servers: Instance[] = [];
  const programs = new Set<Program>();
  let turn = 0;
  let pinned: Instance | null = null;
  const front = await startProxy(() => {
    turn += 1;
    if (pinned) return [pinned.origin];
    return servers.map((_, index) => servers[(turn + index) % servers.length]?.origin ?? '');
  });
  const startAt = options.startAtMs === undefined ? {} : { startAtMs: options.startAtMs };
  const sandbox = await createSandbox({ port: 0, phonePort: 0, appUrl: front.origin, samples: false, ...startAt });
  const calls = await startProxy(() => [sandbox.origin]);
  const env = testEnv({
    ...serverEnvFor(THIRD_PARTY_SUITE.suiteId, { sandboxOrigin: sandbox.origin }),
    WECOM_API_ORIGIN: calls.origin,
    PUBLIC_URL: front.origin,
    DATABASE_URL: postgres.url,
    ...options.env,
  });
  const start = async (): Promise<Instance> => {
    const port = await findFreePort();
    const program = startProgram(options.program ?? 'server/main.ts', { ...env, PORT: String(port) });
    programs.add(program);
    await untilSaid(program, '"listening"');
    return { origin: `http://127.0.0.1:${port}`, program };
  };
  const stop = async (): Promise<void> => {
    for (const { child } of programs) child.kill('SIGKILL');
    await Promise.all([...programs].map(({ ended }) => ended));
    await Promise.all([front.close(), calls.close(), sandbox.close()]);
    await postgres.stop();
  };
  try {
    servers.push(...(await Promise.all(Array.from({ length: count }, start))));
  } catch (error) {
    await stop();
    throw error;
  }
  const control = createControl(sandbox, THIRD_PARTY_SUITE.suiteId);
  return {
    ...control,
    origin: front.origin,
    sandbox,
    postgres,
    servers,
    front,
    calls,
    env,
    corp: async (members) => {
      const made = await control.order<SandboxCorp>('corps', { name: '两个实例', members, kind: 'third_party' });
      await control.order('install', { corpId: made.corpId });
      await waitFor('the installation', () => calls.count('/cgi-bin/service/get_admin_list') > 0);
      await sandbox.callbacksSettled();
      return made;
    },
    pin: (server) => {
      pinned = server;
      return () => void (pinned = null);
    },
    startAgain: async (nth) => {
      await servers[nth]?.program.ended;
      servers[nth] = await start();
    },
    stop,
  };
}
