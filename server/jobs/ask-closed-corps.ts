import { reopenIfStanding } from '../corps/reopen';
import type { Deps } from '../deps';
import { listCorpsClosedBy } from '../store/closed-corps';
import { inBackground } from '../wecom/client';

/** So long a removal that WeCom has not confirmed yet is settled by its own notice (callbacks/handlers/cancel-auth.ts). */
const CLOSED_MS = 15 * 60_000;

/**
 * Asks WeCom about corps that are closed, and opens those that have the app: a code that was refused in passing shuts
 * nobody out for longer than that. What WeCom still refuses stays closed, until `forget-corps` deletes it.
 */
export async function askClosedCorps(given: Deps, _payload: object, signal: AbortSignal): Promise<void> {
  const deps = inBackground(given);
  for (const corpId of await listCorpsClosedBy(deps.store.db, deps.clock.now() - CLOSED_MS)) {
    signal.throwIfAborted();
    await reopenIfStanding(deps, corpId).catch((error: unknown) =>
      deps.log.warn({ err: error, corpId }, 'WeCom does not say whether a closed corp has the app'),
    );
  }
}
