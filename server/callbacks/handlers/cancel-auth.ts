import { closeCorp } from '../../corps/close';
import { openKeptCode } from '../../corps/open-corp';
import { removeCorp } from '../../corps/remove';
import { settleRemoval } from '../../corps/settle-removal';
import type { Deps } from '../../deps';
import { findCorp } from '../../store/corps';
import type { EventOf } from '../events';

/**
 * The corp removed the app, says an event that may be older than its present installation; our clock and WeCom's may
 * differ by minutes, so only WeCom can tell. It is asked first: a refusal deletes the corp's data at once, as WeCom
 * demands (page 90642), and an answer leaves the corp as it is. While WeCom is silent the gate is shut and everything
 * kept: shutting out wrongly for minutes can be made good, while letting in after a removal, or deleting what is still
 * somebody's, cannot. Asking first keeps a late event from shutting anybody out; a silence ends after seconds.
 */
export async function handleCancelAuth(deps: Deps, { atMs, corpId }: EventOf<'cancel_auth'>): Promise<void> {
  const row = await findCorp(deps.store.db, corpId);
  const asked = row === null ? null : openKeptCode(deps, row);
  if (asked === null) return void (await removeCorp(deps, corpId, atMs));
  try {
    const stands = await settleRemoval(deps, corpId, atMs);
    if (stands)
      deps.log.info({ corpId }, 'WeCom says the app is still installed; the notice of removal was an old one');
  } catch (error) {
    await closeCorp(deps, asked);
    throw error;
  }
}
