import { DAY_MS } from '../clock';
import { codesInCorp, codesOfOrder, findCorp } from '../state/find';
import type { LicenceCode, LicenceType, Order, Renewal } from '../state/types';
import { newId, type World } from '../world';
import { durationDays } from './new-order';

/** Makes the codes of a purchase, or moves the expiries of a renewal. */
export function deliver(world: World, order: Order, corpId: string): void {
  if (order.type === 2) {
    for (const renewal of order.renewals) prolong(world, order, corpId, renewal);
    return;
  }
  const add = (type: LicenceType, count: number) => {
    for (let number = 0; number < count; number += 1) world.state.codes.push(newCode(world, order, corpId, type));
  };
  add(1, order.baseCount);
  add(2, order.externalContactCount);
}

/**
 * The order is worth nothing any more: unbound codes die, bound ones end now, and a renewal's days are taken off
 * again. WeCom's own way is not documented.
 */
export function takeBack(world: World, order: Order): void {
  const now = world.clock.now();
  // a crowd's codes are there only once somebody asks for its corp
  if (order.corpId !== null) findCorp(world, order.corpId);
  for (const code of codesOfOrder(world, order.orderId)) endCode(code, now);
  for (const renewal of order.renewals) {
    const code = renewedCode(world, order.corpId ?? '', renewal.code);
    if (code) code.expiresAtMs = expiryOf(code) - renewal.gainedMs;
    renewal.gainedMs = 0;
  }
}

/** A renewal follows the account: to whom it went, and into which code it was merged since the order was made. */
function prolong(world: World, order: Order, corpId: string, renewal: Renewal): void {
  const code = renewedCode(world, corpId, renewal.code);
  if (!code) return;
  const before = expiryOf(code);
  code.expiresAtMs = renewedExpiry(order, before, world.clock.now());
  renewal.gainedMs = code.expiresAtMs - before;
}

/** An account still valid goes on from its end, an expired one from the payment (the latter is not documented). */
export function renewedExpiry(
  { newExpiresAtMs, months }: Pick<Order, 'newExpiresAtMs' | 'months'>,
  expiresAtMs: number,
  nowMs: number,
): number {
  if (newExpiresAtMs !== null) return Math.max(expiresAtMs, newExpiresAtMs);
  return Math.max(expiresAtMs, nowMs) + durationDays(months, 0) * DAY_MS;
}

function renewedCode(world: World, corpId: string, name: string): LicenceCode | null {
  const codes = codesInCorp(world, corpId);
  let code = codes.find((one) => one.code === name);
  while (code && code.mergedInto !== null) {
    const next = code.mergedInto;
    code = codes.find((one) => one.code === next);
  }
  return code ?? null;
}

/** Only bound codes are ever renewed, and those have an expiry. */
function expiryOf({ code, expiresAtMs }: LicenceCode): number {
  if (expiresAtMs === null) throw new Error(`The sandbox renews ${code}, which is not bound`);
  return expiresAtMs;
}

function newCode(world: World, order: Order, corpId: string, type: LicenceType): LicenceCode {
  return {
    code: `L${type}${newId('', 12)}`,
    orderId: order.orderId,
    providerId: order.providerId,
    corpId,
    type,
    createdAtMs: world.clock.now(),
    durationMs: durationDays(order.months, order.days) * DAY_MS,
    userId: null,
    activeAtMs: null,
    expiresAtMs: null,
    waitingSinceMs: null,
    mergedInto: null,
    mergedFrom: null,
    voided: false,
    movedInServiceAtMs: null,
    sharedTo: null,
    sharedFrom: null,
  };
}

function endCode(code: LicenceCode, nowMs: number): void {
  if (code.userId === null) code.voided = true;
  else if (code.mergedInto === null) code.expiresAtMs = Math.min(code.expiresAtMs ?? nowMs, nowMs);
}
