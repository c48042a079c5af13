import type { Deps } from '../deps';
import { endSessionsOfCorp } from '../http/session';
import { findCorp, saveRemovedCorp } from '../store/corps';
import { wipeCorp } from './delete-corp-data';

/**
 * Forgets a corp that removed the app: its permanent code, the tokens made from it, its sessions, and everything it kept
 * here, as WeCom demands (page 90642). Its row stays, with ids and times, and its orders. False when a newer installation is on record.
 * @param eventAtMs WeCom's TimeStamp of the removal; an installation from after it stays
 */
export async function removeCorp(deps: Deps, corpId: string, eventAtMs: number): Promise<boolean> {
  const kind = deps.config.suite.id.startsWith('dk') ? 'custom' : 'third_party';
  const removed = await deps.store.transaction(async (trx) => {
    const saved = await saveRemovedCorp(trx, { corpId, kind, eventAtMs, nowMs: deps.clock.now() });
    if (saved) await wipeCorp(deps, trx, corpId);
    return saved;
  });
  if (!removed) return false;
  await deps.tokens.forgetCorp(corpId);
  deps.events.publish({ kind: 'tokensDropped', corpId });
  await endSessionsOfCorp(deps, corpId);
  deps.events.changed({ corpId, userId: null });
  deps.log.info({ corpId }, 'the corp removed the app; its data is deleted');
  return true;
}

/** Whether an event of this moment is older than what is on record, so that WeCom has to be asked who is right. */
export async function isOlderThanRecord({ store }: Deps, corpId: string, eventAtMs: number): Promise<boolean> {
  const row = await findCorp(store.db, corpId);
  return row !== null && eventAtMs < row.event_at_ms;
}
