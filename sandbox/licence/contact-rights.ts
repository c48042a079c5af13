import type { Corp } from '../state/types';

/**
 * What keeps a member from an external-contact account: the corp gave no app customer-contact rights (701087), or gave
 * them for others only (701089); null: nothing.
 */
export function contactRefusal({ contactRights }: Corp, userId: string): 701087 | 701089 | null {
  if (!contactRights.granted) return 701087;
  return contactRights.outsideUserIds.includes(userId) ? 701089 : null;
}
