import type { Deps } from '../deps';
import { countWaitingCallbacks } from '../store/inbox';
import { findPendingMigrations } from '../store/migrate';
import type { Router } from './router';

const PING_WITHIN_MS = 2_000;

/** Alive, ready, and counted: for whoever runs the server. They tell nothing about corps or members. */
export function mountHealth(router: Router, deps: Deps): void {
  const isMigrated = rememberSuccess(async () => (await findPendingMigrations(deps.store.db)).length === 0);

  router.get('/healthz', (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { status: 'ok', now: new Date(deps.clock.now()).toISOString() };
  });

  router.get('/readyz', async (ctx) => {
    const [store, migrations, suiteTicketAgeMs, waiting] = await Promise.all([
      isTrue(deps, async () => (await deps.store.ping(), true)),
      isTrue(deps, isMigrated),
      // Without a ticket nobody new can log in, yet another instance would not do better: it is told, not counted.
      orNull(deps, () => deps.tokens.suiteTicketAgeMs()),
      // Neither would another instance handle them sooner.
      orNull(deps, () => countWaitingCallbacks(deps.store.db)),
    ]);
    const stopping = deps.lifecycle.isStopping();
    const ready = store && migrations && !stopping;
    const oldestAtMs = waiting?.oldestAtMs ?? null;
    const oldestCallbackAgeMs = oldestAtMs === null ? null : Math.max(0, deps.clock.now() - oldestAtMs);
    ctx.status = ready ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = {
      status: ready ? 'ready' : stopping ? 'stopping' : 'unavailable',
      checks: { store, migrations },
      suiteTicketAgeMs,
      callbacksWaiting: waiting?.count ?? null,
      oldestCallbackAgeMs,
    };
  });

  router.get('/metrics', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Content-Type', deps.metrics.contentType);
    ctx.body = await deps.metrics.text();
  });
}

/** Once true it stays true: migrations are not taken back while we run. */
function rememberSuccess(check: () => Promise<boolean>): () => Promise<boolean> {
  let succeeded = false;
  return async () => (succeeded ||= await check());
}

async function isTrue(deps: Deps, check: () => Promise<boolean>): Promise<boolean> {
  return (await orNull(deps, check)) ?? false;
}

/** The check's value, or null when it fails or takes too long. */
async function orNull<T>(deps: Deps, check: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PING_WITHIN_MS} ms`)), PING_WITHIN_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    deps.log.warn({ err: error }, 'a readiness check failed');
    return null;
  } finally {
    clearTimeout(timer);
  }
}
