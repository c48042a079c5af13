import { WireError } from '../http/wire-error';
import { findMember, installsOfProvider } from '../state/find';
import type { Corp, LicenceCode, LicenceType } from '../state/types';
import type { World } from '../world';
import { contactRefusal } from './contact-rights';
import { bindable, boundCode, codesOf, freeCodes, statusOf } from './codes';
import { EARLY_REBIND_MS, LONGEST_VALIDITY_MS } from './spans';

/** Binds one code to a member by hand (active_account). Throws the errcode of the first rule that is broken. */
export function activate(world: World, providerId: string, corp: Corp, userId: string, activeCode: string): void {
  const code = codesOf(world, providerId, corp.corpId).find((one) => one.code === activeCode);
  if (!code || code.mergedInto !== null) throw new WireError(701021);
  if (code.sharedTo !== null) throw new WireError(701055);
  if (code.userId !== null) throw new WireError(701003);
  if (!bindable(code, world.clock.now())) throw new WireError(701012);
  requireActivatable(world, providerId, corp, userId, code.type);
  const old = boundCode(world, providerId, corp, userId, code.type);
  requireRoom(world, code, old);
  bind(world, code, userId, old);
}

/** Lets WeCom pick the code with the nearest deadline (active_account_by_type). The member may hold no valid one. */
export function activateByType(world: World, providerId: string, corp: Corp, userId: string, type: LicenceType): void {
  requireActivatable(world, providerId, corp, userId, type);
  const old = boundCode(world, providerId, corp, userId, type);
  if (old && statusOf(old, world.clock.now()) === 2) throw new WireError(701011);
  const [code] = freeCodes(world, providerId, corp.corpId, type);
  if (!code) throw new WireError(701010);
  bind(world, code, userId, old);
}

/** The member must be in service and in range of an app that needs this type. */
export function requireActivatable(
  world: World,
  providerId: string,
  corp: Corp,
  userId: string,
  type: LicenceType,
): void {
  if (installsOfProvider(world, corp, providerId).length === 0) throw new WireError(701015);
  const member = findMember(corp, userId);
  if (!member || member.left) throw new WireError(701019);
  if (!member.inRange) throw new WireError(701088);
  const refusal = type === 2 ? contactRefusal(corp, userId) : null;
  if (refusal !== null) throw new WireError(refusal);
}

/** 20-day and 5-year rules for replacing a code (page 97188). */
function requireRoom(world: World, code: LicenceCode, old: LicenceCode | null): void {
  const left = remainingMs(old, world.clock.now());
  if (left > EARLY_REBIND_MS) throw new WireError(701082);
  if (code.durationMs + left > LONGEST_VALIDITY_MS) throw new WireError(701030);
}

/** Binds without asking; what is left on the old code is added, and the old code dies (status 5). */
export function bind(world: World, code: LicenceCode, userId: string, old: LicenceCode | null): void {
  const now = world.clock.now();
  const left = remainingMs(old, now);
  code.userId = userId;
  code.activeAtMs = now;
  code.expiresAtMs = now + code.durationMs + left;
  if (!old) return;
  code.mergedFrom = old.code;
  old.mergedInto = code.code;
  if (left > 0) old.expiresAtMs = now;
}

export function remainingMs(code: LicenceCode | null, nowMs: number): number {
  return Math.max(0, (code?.expiresAtMs ?? nowMs) - nowMs);
}
