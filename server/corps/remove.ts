import type { Transaction } from 'kysely';
import type { Deps } from '../deps';
import { endSessionsOfCorp } from '../http/session';
import { saveCodeGone, type ByCode } from '../store/closed-corps';
import { findCorp, saveRemovedCorp } from '../store/corps';
import type { Database } from '../store/schema';
import { forgetWords, wipeCorp } from './delete-corp-data';

/**
 * Forgets a corp that removed the app: its permanent code, the tokens made from it, its sessions, and everything it kept
 * here, as WeCom demands (page 90642). Its row stays, with ids and times, and its orders. For a corp of which no code is
 * on record, so that WeCom cannot be asked about it. False when a newer installation is on record.
 * @param eventAtMs WeCom's TimeStamp of the removal; an installation from after it stays
 */
export async function removeCorp(deps: Deps, corpId: string, eventAtMs: number): Promise<boolean> {
  const kind = deps.config.suite.id.startsWith('dk') ? 'custom' : 'third_party';
  return remove(deps, corpId, (trx) => saveRemovedCorp(trx, { corpId, kind, eventAtMs, nowMs: deps.clock.now() }));
}

/**
 * The same for the installation of which WeCom has just said that it is over; nothing when somebody was faster. Throws
 * when another code is on record meanwhile, be it the same one sealed anew: of that one WeCom has said nothing yet.
 */
export async function removeAskedCorp(deps: Deps, asked: ByCode, eventAtMs = 0): Promise<void> {
  const save = (db: Transaction<Database>) => saveCodeGone(db, asked, { eventAtMs, nowMs: deps.clock.now() });
  if (await remove(deps, asked.corpId, save)) return;
  const row = await findCorp(deps.store.db, asked.corpId);
  if (row !== null && row.permanent_code_sealed !== null) throw new CodeReplaced();
}

/** Whoever asked has to ask again. */
class CodeReplaced extends Error {
  override readonly name = 'CodeReplaced';
}

async function remove(
  deps: Deps,
  corpId: string,
  save: (trx: Transaction<Database>) => Promise<boolean>,
): Promise<boolean> {
  const removed = await deps.store.transaction(async (trx) => {
    const saved = await save(trx);
    if (saved) await wipeCorp(deps, trx, corpId);
    return saved;
  });
  if (!removed) return false;
  await deps.tokens.forgetCorp(corpId);
  deps.events.publish({ kind: 'tokensDropped', corpId });
  await endSessionsOfCorp(deps, corpId);
  deps.events.changed({ corpId, userId: null });
  await forgetWords(deps, corpId);
  deps.log.info({ corpId }, 'the corp removed the app; its data is deleted');
  return true;
}
