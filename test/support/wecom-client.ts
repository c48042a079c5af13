import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

/** The real client, with its own store and tokens, against a WeCom that answers what the test says. */
export async function startScriptedClient(
  answer: (heard: Heard) => Answer,
  options: { readonly credentials?: 'usual' | 'answered' } = {},
): Promise<ScriptedClient> {
  const usual = options.credentials === 'answered' ? {} : CREDENTIALS;
  const folder = await mkdtemp(path.join(tmpdir(), 'wecom-client-'));
  const server = await startScriptedWecom((heard) => usual[heard.path] ?? answer(heard));
  const store = await openStore(folder);
  const clock = settableClock(NOW_MS);
  const suite = { id: 'wwscriptedsuite', secret: 'suite-secret' };
  const config = { suite, loginSuite: suite, provider: { corpId: 'wwscripted', secret: 'provider-secret' } };
  const log = createLog('silent');
  const request = createWecomRequest({ apiOrigin: server.origin, clock, log, metrics: createMetrics() });
  const sealer = createSealer([Buffer.alloc(32, 7)]);
  const tokens = createTokenKeeper({ config, clock, ids: randomIds, sealer, store, request });
  await tokens.saveSuiteTicket(suite.id, 'suite-ticket', NOW_MS);
  return {
    wecom: createWecom({ clock, config, request, tokens }),
    clock,
    heard: () => server.heard.filter(({ path: asked }) => !(asked in usual)),
    count: server.count,
    close: async () => {
      await server.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
