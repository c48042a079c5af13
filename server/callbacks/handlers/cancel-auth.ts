import { refreshAuthorisation } from '../../corps/refresh-authorisation';
import { isOlderThanRecord, removeCorp } from '../../corps/remove';
import type { Deps } from '../../deps';
import type { EventOf } from '../events';

/**
 * The corp removed the app. Order is not guaranteed: an event older than the installation on record may be the removal
 * that came before it, so then WeCom is asked whether the app is still there.
 */
export async function handleCancelAuth(deps: Deps, event: EventOf<'cancel_auth'>): Promise<void> {
  if (await isOlderThanRecord(deps, event.corpId, event.atMs)) await refreshAuthorisation(deps, event.corpId);
  else await removeCorp(deps, event.corpId, event.atMs);
}
