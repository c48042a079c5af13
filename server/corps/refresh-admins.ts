import type { Deps } from '../deps';
import { replaceAdmins } from '../store/corps';
import { openCorp } from './open-corp';

/**
 * Reads the app's administrators again (get_admin_list, 90606). A corp without the app has none. Only a list that differs
 * is news: it is read every few minutes, and news of a corp makes every instance forget all its members.
 */
export async function refreshAdmins(deps: Deps, corpId: string): Promise<void> {
  const corp = await openCorp(deps, corpId);
  if (corp === null) return;
  const admins = await deps.wecom.getAdminList(corp);
  const rows = new Map(
    admins.map(({ authType, userId }) => [userId, { corp_id: corpId, user_id: userId, auth_type: authType }]),
  );
  const differs = await deps.store.transaction((trx) =>
    replaceAdmins(trx, corpId, [...rows.values()], deps.clock.now()),
  );
  if (differs) deps.events.changed({ corpId, userId: null });
}
