import { DAY_MS } from '../../domain/calendar';
import { deleteCorpData } from '../corps/delete-corp-data';
import type { Deps } from '../deps';
import { listRemovedCorpIds } from '../store/corps-due';

/** Longer than anything that was under way at the removal can still write. */
const LOOKED_AT_MS = 30 * DAY_MS;

/**
 * Deletes once more what is kept of corps that removed the app. The removal itself deletes everything at once, as WeCom
 * demands (page 90642); this is for what a reading that was under way wrote afterwards.
 */
export async function forgetCorps(deps: Deps, _payload: object, signal: AbortSignal): Promise<void> {
  for (const corpId of await listRemovedCorpIds(deps.store.db, deps.clock.now() - LOOKED_AT_MS)) {
    signal.throwIfAborted();
    await deleteCorpData(deps, corpId);
  }
}
