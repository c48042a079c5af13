import type { Deps } from '../../deps';
import { onMemberChanged, onRangeChanged, onStructureChanged } from '../../licences/apply-event';
import { endSessionsOfMember } from '../../http/session';
import type { EventOf } from '../events';

/**
 * The address book changed inside the app's visible range. A deleted member, or one whose status says so, has left the
 * corp or the range and is logged out; a renamed one is logged out as well, because the old id means nobody now.
 * Departments and tags may move members into the range or out of it without naming them.
 */
export async function handleChangeContact(deps: Deps, event: EventOf<'change_contact'>): Promise<void> {
  const { atMs, corpId, hasLeft, newUserId, taggedUserIds, userId } = event;
  for (const tagged of taggedUserIds) await onMemberChanged(deps, corpId, tagged);
  if (userId === null) return onStructureChanged(deps, corpId);
  if (hasLeft) await onRangeChanged(deps, { corpId, userId, atMs }, false);
  else await onMemberChanged(deps, corpId, newUserId ?? userId);
  if (hasLeft || newUserId !== null) await endSessionsOfMember(deps, corpId, userId);
}
