import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../server/clock';
import { createSealer } from '../../server/crypto/seal';
import { randomIds } from '../../server/ids';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import { openStore } from '../../server/store/store';
import type { CorpRef, Wecom } from '../../server/wecom/client';
import { createWecom } from '../../server/wecom/create-wecom';
import { createWecomRequest } from '../../server/wecom/request';
import { createTokenKeeper } from '../../server/wecom/tokens';
import { settableClock, type SettableClock } from './app';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from './scripted-wecom';

const NOW_MS = 1_767_225_600_000;

export type ScriptedClient = {
  readonly wecom: Wecom;
  readonly clock: SettableClock;
  /** The calls of the last part of the path, without those for credentials. */
  readonly heard: () => readonly Heard[];
  readonly count: ScriptedWecom['count'];
  readonly close: () => Promise<void>;
};

export const CORP_REF: CorpRef = {
  corpId: 'wpScriptedCorp',
  kind: 'third_party',
  agentId: '1000002',
  permanentCode: 'permanent-code',
};

/** What issues credentials, as a rule. */
export const CREDENTIALS: Readonly<Record<string, object>> = {
  '/cgi-bin/service/get_suite_token': { suite_access_token: 'suite-token', expires_in: 7200 },
  '/cgi-bin/service/get_provider_token': { provider_access_token: 'provider-token', expires_in: 7200 },
  '/cgi-bin/service/get_corp_token': { access_token: 'corp-token', expires_in: 7200 },
  '/cgi-bin/gettoken': { access_token: 'corp-token', expires_in: 7200 },
};

type Suite = { readonly suiteId: string; readonly secret: string };
type Provider = { readonly corpId: string; readonly secret: string };
export type ClientOptions = {
  readonly origin: string;
  readonly clock: Clock;
  readonly suite: Suite;
  readonly provider: Provider;
};

/** The real client with its own store and tokens. */
export async function startClient({ clock, origin, provider, suite }: ClientOptions) {
  const folder = await mkdtemp(path.join(tmpdir(), 'wecom-client-'));
  const store = await openStore(folder);
  const own = { id: suite.suiteId, secret: suite.secret };
  const config = { suite: own, loginSuite: own, provider };
  const log = createLog('silent');
  const request = createWecomRequest({ apiOrigin: origin, clock, log, metrics: createMetrics() });
  const sealer = createSealer([Buffer.alloc(32, 7)]);
  const tokens = createTokenKeeper({ config, clock, ids: randomIds, sealer, store, request });
  const wecom = createWecom({ clock, config, request, tokens });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { wecom, tokens, close };
}

/** The real client against a WeCom that answers what the test says. */
export async function startScriptedClient(
  answer: (heard: Heard) => Answer,
  options: { readonly credentials?: 'usual' | 'answered' } = {},
): Promise<ScriptedClient> {
  const usual = options.credentials === 'answered' ? {} : CREDENTIALS;
  const server = await startScriptedWecom((heard) => usual[heard.path] ?? answer(heard));
  const clock = settableClock(NOW_MS);
  const suite = { suiteId: 'wwscriptedsuite', secret: 'suite-secret' };
  const provider = { corpId: 'wwscripted', secret: 'provider-secret' };
  const { close, tokens, wecom } = await startClient({ origin: server.origin, clock, suite, provider });
  await tokens.saveSuiteTicket(suite.suiteId, 'suite-ticket', NOW_MS);
  return {
    wecom,
    clock,
    heard: () => server.heard.filter(({ path: asked }) => !(asked in usual)),
    count: server.count,
    close: async () => {
      await server.close();
      await close();
    },
  };
}
