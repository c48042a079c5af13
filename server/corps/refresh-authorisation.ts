import type { Deps } from '../deps';
import { findCorp, updateAuthorisation } from '../store/corps';
import type { Authorisation } from '../wecom/client';
import { askAuthorisation } from './ask-authorisation';
import { closeCorp } from './close';
import { openKeptCode } from './open-corp';
import { removeAskedCorp } from './remove';

/**
 * Reads the authorisation again (get_auth_info) and keeps what it says: name, agent, visible range. When WeCom says there
 * is none any more, the corp is removed; when it only does not take the permanent code, the corp is closed and its data
 * kept for a while. Whatever else WeCom answers is thrown and changes nothing.
 * @returns whether the app is installed there
 */
export async function refreshAuthorisation(deps: Deps, corpId: string): Promise<boolean> {
  const row = await findCorp(deps.store.db, corpId);
  const asked = row?.status === 'installed' ? openKeptCode(deps, row) : null;
  if (asked === null) return false;
  const askedAtMs = deps.clock.now();
  const standing = await askAuthorisation(deps, asked.corp);
  if (standing.is === 'standing') return keepAuthorisation(deps, corpId, standing.authorisation, askedAtMs);
  if (standing.is === 'over') await removeAskedCorp(deps, asked);
  else await closeCorp(deps, asked);
  return false;
}

/** Keeps what get_auth_info said of an installed corp; only what differs is news. */
export async function keepAuthorisation(
  deps: Deps,
  corpId: string,
  said: Authorisation,
  askedAtMs: number,
): Promise<true> {
  const { agentId, corpName, kind, privilegeJson } = said;
  const columns = { kind, name: corpName, agent_id: agentId, privilege_json: privilegeJson };
  const differs = await updateAuthorisation(deps.store.db, corpId, { ...columns, checked_at_ms: askedAtMs });
  if (differs) deps.events.changed({ corpId, userId: null });
  return true;
}
