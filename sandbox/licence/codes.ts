import { codesInCorp } from '../state/find';
import type { Corp, LicenceCode, LicenceType } from '../state/types';
import type { World } from '../world';
import { BIND_WITHIN_MS } from './spans';

/** 1 unbound, 2 bound and valid, 3 expired, 4 waiting for transfer, 5 merged, 6 shared downstream (page 97189). */
export type CodeStatus = 1 | 2 | 3 | 4 | 5 | 6;

export function statusOf(code: LicenceCode, nowMs: number): CodeStatus {
  if (code.sharedTo !== null) return 6;
  if (code.mergedInto !== null) return 5;
  if (code.userId === null) return 1;
  if ((code.expiresAtMs ?? 0) <= nowMs) return 3;
  return code.waitingSinceMs === null ? 2 : 4;
}

/** What a provider ever got for a corp, or was shared to it, and was not voided by a refund. */
export function codesOf(world: World, providerId: string, corpId: string): LicenceCode[] {
  return codesInCorp(world, corpId).filter((code) => code.providerId === providerId && !code.voided);
}

/** Codes a member is bound to, one per type, expired ones included. */
export function codesOfMember(world: World, providerId: string, corpId: string, userId: string): LicenceCode[] {
  return codesOf(world, providerId, corpId).filter((code) => code.userId === userId && code.mergedInto === null);
}

/** The code of this type the member is bound to, also when expired or waiting; null when none. */
export function boundCode(world: World, providerId: string, corp: Corp, userId: string, type: LicenceType) {
  return codesOfMember(world, providerId, corp.corpId, userId).find((code) => code.type === type) ?? null;
}

/** Whether an unbound code may still be bound: 365 days from its creation, to the second. */
export function bindable(code: LicenceCode, nowMs: number): boolean {
  return statusOf(code, nowMs) === 1 && !code.voided && nowMs < code.createdAtMs + BIND_WITHIN_MS;
}

/** Unbound codes of this type that may be bound, nearest deadline first. */
export function freeCodes(world: World, providerId: string, corpId: string, type: LicenceType): LicenceCode[] {
  const now = world.clock.now();
  return codesOf(world, providerId, corpId)
    .filter((code) => code.type === type && bindable(code, now))
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
}

/** Whether the member may use this provider's apps: a valid seat of either type, since type 2 includes type 1. */
export function holdsSeat(world: World, providerId: string, corpId: string, userId: string): boolean {
  const now = world.clock.now();
  return codesOfMember(world, providerId, corpId, userId).some((code) => statusOf(code, now) === 2);
}
