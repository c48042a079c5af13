import { DAY_MS } from '../../domain/calendar';
import { deleteCorpData } from '../corps/delete-corp-data';
import { settleRemoval } from '../corps/settle-removal';
import type { Deps } from '../deps';
import { listCorpsClosedBy } from '../store/closed-corps';
import { listRemovedCorpIds } from '../store/corps-due';
import { inBackground } from '../wecom/client';

/** Longer than anything that was under way at the removal can still write. */
const LOOKED_AT_MS = 30 * DAY_MS;
/** How long a corp is closed before its data goes: a notice that brings a new code is repeated for hours at most. */
const CLOSED_MS = DAY_MS;

/**
 * Deletes once more what is kept of corps that removed the app. The removal itself deletes everything at once, as WeCom
 * demands (page 90642); this is for what a reading that was under way wrote afterwards. Corps closed for a day are asked
 * about a last time: what WeCom still refuses is deleted. While it is silent about one, that one waits for the next run.
 */
export async function forgetCorps(given: Deps, _payload: object, signal: AbortSignal): Promise<void> {
  const deps = inBackground(given);
  const nowMs = deps.clock.now();
  for (const corpId of await listRemovedCorpIds(deps.store.db, nowMs - LOOKED_AT_MS)) {
    signal.throwIfAborted();
    await deleteCorpData(deps, corpId);
  }
  for (const corpId of await listCorpsClosedBy(deps.store.db, nowMs - CLOSED_MS)) {
    signal.throwIfAborted();
    await settleRemoval(deps, corpId).catch((error: unknown) =>
      deps.log.warn({ err: error, corpId }, 'WeCom does not say whether a closed corp has the app; its data is kept'),
    );
  }
}
