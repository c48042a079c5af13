import { WireError } from '../http/wire-error';
import { findMember } from '../state/find';
import type { Corp, LicenceCode } from '../state/types';
import type { World } from '../world';
import { remainingMs, requireActivatable } from './activate';
import { boundCode, codesOfMember, statusOf } from './codes';
import { noteHandover } from './handover';
import { EARLY_REBIND_MS, IN_SERVICE_LOCK_MS } from './spans';

/** Moves all valid licences of one member to another (batch_transfer_license, page 97192). Throws the broken rule. */
export function transfer(world: World, providerId: string, corp: Corp, fromUserId: string, toUserId: string): void {
  if (fromUserId === toUserId) throw new WireError(701020);
  const giver = findMember(corp, fromUserId);
  if (!giver) throw new WireError(701019);
  const moving = movable(world, providerId, corp, fromUserId);
  if (moving.length === 0) throw new WireError(701016);
  const inService = !giver.left && giver.inRange;
  for (const code of moving) {
    requireActivatable(world, providerId, corp, toUserId, code.type);
    requireRested(world, code, inService);
    requireNoOverlap(world, boundCode(world, providerId, corp, toUserId, code.type));
  }
  for (const code of moving) move(world, providerId, corp, code, toUserId, inService);
}

function movable(world: World, providerId: string, corp: Corp, userId: string): LicenceCode[] {
  const now = world.clock.now();
  return codesOfMember(world, providerId, corp.corpId, userId).filter((code) => [2, 4].includes(statusOf(code, now)));
}

/** A giver in service passes an account on only if it has not been passed on like that for 30 days. */
function requireRested(world: World, code: LicenceCode, inService: boolean): void {
  const last = code.movedInServiceAtMs;
  if (inService && last !== null && world.clock.now() < last + IN_SERVICE_LOCK_MS) throw new WireError(701017);
}

function requireNoOverlap(world: World, held: LicenceCode | null): void {
  if (remainingMs(held, world.clock.now()) > EARLY_REBIND_MS) throw new WireError(701018);
}

/** The account keeps its expiry; what the receiver held of that type is merged away. */
function move(
  world: World,
  providerId: string,
  corp: Corp,
  code: LicenceCode,
  toUserId: string,
  inService: boolean,
): void {
  const now = world.clock.now();
  const held = boundCode(world, providerId, corp, toUserId, code.type);
  if (held) {
    held.mergedInto = code.code;
    code.mergedFrom = held.code;
    if (remainingMs(held, now) > 0) held.expiresAtMs = now;
  }
  noteHandover(world, code, toUserId, 'transfer');
  code.userId = toUserId;
  code.waitingSinceMs = null;
  if (inService) code.movedInServiceAtMs = now;
}
