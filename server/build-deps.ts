import path from 'node:path';
import { systemClock } from './clock';
import type { Config } from './config';
import { createSealer } from './crypto/seal';
import type { Deps } from './deps';
import { createEventBus } from './events';
import { loadGatePages } from './http/pages/gate-pages';
import { createSidHasher } from './http/session';
import { createSessionCache } from './http/session-cache';
import { loadAssets } from './http/static-files';
import { randomIds } from './ids';
import { createLifecycle } from './lifecycle';
import { createLiveInstances } from './live-instances';
import { createLog } from './log';
import { createMetrics } from './metrics';
import { openInTime } from './store/open-in-time';
import { createBudgets, WECOM_LIMITS } from './wecom/budgets';
import { createTokenKeeper } from './wecom/tokens';
import { createWecom } from './wecom/create-wecom';
import { createWecomRequest, type Deadlines } from './wecom/request';
import { shareHolds } from './wecom/shared-holds';

/** Parts that a test, or the sandbox's clock, puts in place of the usual ones. */
export type GivenDeps = Partial<Pick<Deps, 'clock' | 'ids' | 'log' | 'metrics' | 'store' | 'pages' | 'assets'>> & {
  readonly deadlines?: Deadlines;
};

/**
 * Builds what the server runs on; opens the store, and nothing else begins here.
 * @param distDir where `npm run build` put the front end
 */
export async function buildDeps(config: Config, distDir: string, given: GivenDeps = {}): Promise<Deps> {
  const clock = given.clock ?? systemClock;
  const ids = given.ids ?? randomIds;
  const log = given.log ?? createLog(config.logLevel);
  const metrics = given.metrics ?? createMetrics({ process: true });
  const onIdleError = (error: Error) =>
    log.warn({ err: error }, 'a connection to the store broke; the pool replaces it');
  const store = given.store ?? (await openInTime(config.databaseUrl, { onIdleError }, { log }));
  const sealer = createSealer(config.dataKeys);
  const events = createEventBus();
  const instances = createLiveInstances(ids.token(22));
  const budgets = createBudgets(WECOM_LIMITS, instances.count);
  const holds = shareHolds({ clock, events, log, store });
  const { deadlines } = given;
  const limits = { budgets, holds, ...(deadlines && { deadlines }) };
  const request = createWecomRequest({ apiOrigin: config.origins.api, clock, log, metrics, ...limits });
  const tokens = createTokenKeeper({ config, clock, ids, sealer, store, request });
  events.subscribe((news) => {
    if (news.kind === 'tokensDropped') tokens.forgetCopies(news.corpId);
    if (news.kind === 'missed') tokens.forgetCopies(null);
  });
  return {
    config,
    clock,
    ids,
    log,
    metrics,
    store,
    sealer,
    events,
    lifecycle: createLifecycle(),
    instances,
    holds,
    tokens,
    sessions: createSessionCache(events, createSidHasher(config.sessionSecrets)),
    wecom: createWecom({ clock, config, request, tokens }),
    pages: given.pages === undefined ? loadGatePages(distDir) : given.pages,
    assets: given.assets === undefined ? loadAssets(path.join(distDir, 'h5')) : given.assets,
  };
}
