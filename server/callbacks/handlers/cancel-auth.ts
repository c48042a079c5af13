import { askAuthorisation } from '../../corps/ask-authorisation';
import { closeCorp } from '../../corps/close';
import { openKeptCode, type Asked } from '../../corps/open-corp';
import { removeAskedCorp, removeCorp } from '../../corps/remove';
import { settleRemoval } from '../../corps/settle-removal';
import type { Deps } from '../../deps';
import { findCorp } from '../../store/corps';
import type { EventOf } from '../events';

/** How long after a removal WeCom's answers may still come from before it. */
const MAY_LAG_MS = 10 * 60_000;

/**
 * The corp removed the app, says an event that may be older than its present installation; only WeCom can tell, and is
 * asked first. A refusal deletes the corp's data at once, as WeCom demands (page 90642). An answer leaves the corp as it
 * is when the event is an old one. When it is news, by WeCom's own times, and no answer of WeCom's confirms it (silence, or
 * one that does not know of the removal yet), the gate is shut, everything is kept, and WeCom is asked again: shutting out
 * wrongly for minutes can be made good, while letting in after a removal, or deleting what is still somebody's, cannot.
 */
export async function handleCancelAuth(deps: Deps, { atMs, corpId }: EventOf<'cancel_auth'>): Promise<void> {
  const row = await findCorp(deps.store.db, corpId);
  const asked = row === null ? null : openKeptCode(deps, row);
  if (row === null || asked === null) return void (await removeCorp(deps, corpId, atMs));
  const isNews = atMs >= row.event_at_ms && deps.clock.now() - atMs < MAY_LAG_MS;
  try {
    if (isNews) return await removeIfRefused(deps, asked, atMs);
    const stands = await settleRemoval(deps, corpId, atMs);
    if (stands)
      deps.log.info({ corpId }, 'WeCom says the app is still installed; the notice of removal was an old one');
  } catch (error) {
    await closeCorp(deps, asked);
    throw error;
  }
}

async function removeIfRefused(deps: Deps, asked: Asked, atMs: number): Promise<void> {
  const standing = await askAuthorisation(deps, asked.corp);
  if (standing.is === 'standing') throw new NotConfirmed();
  await removeAskedCorp(deps, asked, atMs);
}

/** The callback is handled again by this, later each time. */
class NotConfirmed extends Error {
  override readonly name = 'NotConfirmed';
}
