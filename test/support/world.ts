import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox';
import { CUSTOM_SUITE, serverEnvFor, THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import type { GivenDeps } from '../../server/build-deps';
import type { Deps } from '../../server/deps';
import { findCorp } from '../../server/store/corps';
import { findFreePort, startApp } from './app';
import { createControl, type Control } from './control';
import { waitFor } from './wait-for';

export type { Entry, PhoneClient, TestPhone } from './control';
export type SandboxCorp = { readonly corpId: string; readonly members: readonly { readonly userId: string }[] };

/** The sandbox and the server, started together and knowing each other. */
export type World = Control & {
  readonly sandbox: Sandbox;
  readonly deps: Deps;
  /** The server's own origin. */
  readonly origin: string;
  /** Every log line of the server so far. */
  readonly logs: () => string;
  /** Resolves when WeCom has delivered its callbacks and the server has handled all that are due. */
  readonly settled: () => Promise<void>;
  /** A corp of the sandbox, with the app installed and known to the server unless `installed` is false. */
  readonly corp: (options?: { name?: string; members?: string[]; installed?: boolean }) => Promise<SandboxCorp>;
  readonly close: () => Promise<void>;
};

export type WorldOptions = {
  readonly kind?: 'third_party' | 'custom';
  readonly env?: Readonly<Record<string, string>>;
  readonly given?: GivenDeps;
  readonly samples?: boolean;
  /** Where the server listens; any free port without it. */
  readonly port?: number;
};

/** Starts a sandbox without sample corps and a server on a fresh embedded store; both share one clock. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const suite = options.kind === 'custom' ? CUSTOM_SUITE : THIRD_PARTY_SUITE;
  const port = options.port ?? (await findFreePort());
  const origin = `http://127.0.0.1:${port}`;
  const sandbox = await createSandbox({ port: 0, phonePort: 0, appUrl: origin, samples: options.samples ?? false });
  const wecom = serverEnvFor(suite.suiteId, { sandboxOrigin: sandbox.origin, followClock: false });
  const env = { ...wecom, PORT: String(port), PUBLIC_URL: origin, ...options.env };
  const { deps, stop, logs } = await startApp({ env, given: { clock: sandbox.clock, ...options.given } });

  const { order, phone } = createControl(sandbox, suite.suiteId);

  const settled = async (): Promise<void> => {
    await sandbox.callbacksSettled();
    await waitFor('the callbacks to be handled', async () => !(await hasDueCallbacks(deps)), 30_000);
  };

  const corp: World['corp'] = async ({ name = '测试企业', members = ['成员一', '成员二'], installed = true } = {}) => {
    const made = await order<SandboxCorp>('corps', { name, members, kind: options.kind ?? 'third_party' });
    if (!installed) return made;
    await order('install', { corpId: made.corpId });
    const { db } = deps.store;
    await waitFor('the installation', async () => (await findCorp(db, made.corpId))?.status === 'installed');
    return made;
  };

  const close = async (): Promise<void> => {
    await stop();
    await sandbox.close();
  };
  return { sandbox, deps, origin, logs, order, settled, corp, phone, close };
}

/** Whether a callback is being handled or could be taken up now; one put off for later is not due. */
async function hasDueCallbacks({ clock, store }: Deps): Promise<boolean> {
  const due = await store.db
    .selectFrom('inbox')
    .select('event_key')
    .where('state', '=', 'new')
    .where('next_attempt_at_ms', '<=', clock.now())
    .executeTakeFirst();
  return due !== undefined;
}
