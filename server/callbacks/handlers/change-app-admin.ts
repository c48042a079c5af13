import type { Deps } from '../../deps';
import { refreshAfresh } from '../../licences/refresh-once';
import { readingOf } from '../../licences/sources';
import type { EventOf } from '../events';

/** The app's administrators changed (95038): the list is read again, after any reading that began before this news. */
export async function handleChangeAppAdmin(deps: Deps, { corpId }: EventOf<'change_app_admin'>): Promise<void> {
  const { key, work } = readingOf(deps, 'admins', corpId, '');
  await refreshAfresh(deps, key, work);
}
