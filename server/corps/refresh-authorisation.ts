import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { findCorp, updateAuthorisation } from '../store/corps';
import { openCorp } from './open-corp';
import { removeCorp } from './remove';

/**
 * Reads the authorisation again (get_auth_info) and keeps what it says: name, agent, visible range. When WeCom says there
 * is none any more, the corp is removed. Other faults of WeCom are thrown.
 * @returns whether the app is installed there
 */
export async function refreshAuthorisation(deps: Deps, corpId: string): Promise<boolean> {
  const row = await findCorp(deps.store.db, corpId);
  const corp = await openCorp(deps, corpId);
  if (row === null || corp === null) return false;
  const askedAtMs = deps.clock.now();
  try {
    const { agentId, corpName, kind, privilegeJson } = await deps.wecom.getAuthInfo(corp);
    const columns = { kind, name: corpName, agent_id: agentId, privilege_json: privilegeJson };
    await updateAuthorisation(deps.store.db, corpId, { ...columns, checked_at_ms: askedAtMs });
  } catch (error) {
    if (!isGone(error)) throw error;
    // WeCom spoke of the installation that was asked about: one that came meanwhile is newer and stays.
    await removeCorp(deps, corpId, row.event_at_ms);
    return false;
  }
  deps.events.changed({ corpId, userId: null });
  return true;
}

/** 40084 permanent code invalid or cancelled, 48004 no authorisation, 301007 corp dissolved. */
function isGone(error: unknown): boolean {
  return error instanceof WecomError && error.code === 'wecom.not_authorised';
}
