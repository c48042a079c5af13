import { refreshAdmins } from '../../corps/refresh-admins';
import type { Deps } from '../../deps';
import type { EventOf } from '../events';

/** The app's administrators changed (95038): the list is read again. */
export async function handleChangeAppAdmin(deps: Deps, event: EventOf<'change_app_admin'>): Promise<void> {
  await refreshAdmins(deps, event.corpId);
}
