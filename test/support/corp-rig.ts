import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildDeps } from '../../server/build-deps';
import { dispatch } from '../../server/callbacks/dispatch';
import { parseEvent } from '../../server/callbacks/events';
import { parseConfig } from '../../server/config';
import type { Deps } from '../../server/deps';
import { createLog } from '../../server/log';
import { createMetrics } from '../../server/metrics';
import { openStore } from '../../server/store/store';
import { settableClock, testEnv, type SettableClock } from './app';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from './scripted-wecom';

const NOW_S = 1_767_225_600;
const CORP = 'wp1';

/** What get_auth_info answers: the authorisation, a refusal, or nothing. */
export type Said = 'installed' | 'silence' | { readonly errcode: number };

/** One corp and what WeCom says of its authorisation; no job runs but those the test runs. */
export type CorpRig = {
  readonly corpId: string;
  readonly deps: Deps;
  readonly clock: SettableClock;
  readonly wecom: ScriptedWecom;
  readonly say: (said: Said) => void;
  /** From now on get_auth_info waits for its answer until what this returns is called. */
  readonly hold: () => () => void;
  /** An event of WeCom's, `at` seconds from the beginning; of the app's own suite unless `fields` say otherwise. */
  readonly hear: (name: string, at: number, fields?: Record<string, string>) => Promise<void>;
  /** Time goes by, and WeCom has pushed its ticket again. */
  readonly pass: (ms: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startCorpRig(): Promise<CorpRig> {
  let said: Said = 'installed';
  let held = Promise.resolve();
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-corp-'));
  const wecom = await startScriptedWecom(async (heard) => {
    if (heard.path.endsWith('get_auth_info')) await held;
    return answer(heard, said);
  });
  const clock = settableClock(NOW_S * 1000);
  const config = parseConfig(testEnv({ DATABASE_URL: folder, WECOM_API_ORIGIN: wecom.origin }));
  const store = await openStore(folder);
  const given = { clock, store, log: createLog('silent'), metrics: createMetrics(), pages: null };
  const deps = await buildDeps(config, folder, given);
  const pass = async (ms: number) => {
    clock.advance(ms);
    await deps.tokens.saveSuiteTicket(config.suite.id, 'tkt', clock.now());
  };
  await pass(0);
  return {
    corpId: CORP,
    deps,
    clock,
    wecom,
    pass,
    say: (next) => void (said = next),
    hold: () => {
      let release = () => {};
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
    hear: (name, at, fields = {}) => {
      const known = { SuiteId: config.suite.id, AuthCorpId: CORP, TimeStamp: String(NOW_S + at) };
      return dispatch(deps, parseEvent(name, { ...known, ...fields }));
    },
    stop: async () => {
      await store.close();
      await wecom.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answer({ body, path: asked }: Heard, said: Said): Answer {
  const authorisation = { auth_corp_info: { corpid: CORP, corp_name: '云杉' }, auth_info: { agent: [{ agentid: 1 }] } };
  if (asked.endsWith('get_suite_token')) return { suite_access_token: 's', expires_in: 7200 };
  if (asked.endsWith('get_permanent_code'))
    return { ...authorisation, permanent_code: `of ${(body as { auth_code: string }).auth_code}` };
  if (!asked.endsWith('get_auth_info')) return { admin: [] };
  if (said === 'installed') return authorisation;
  return said === 'silence' ? (_response, request) => void request.socket.destroy() : said;
}
