import { DAY_MS } from './calendar';
import type { AccountPool, AccountType, Accounts, Capability, Seat } from './facts';

/** A bought month is always 31 days, so 12 months are 372 days (page 97182). */
export const DAYS_PER_MONTH = 31;

/** An account must be activated within this many days of its making (701012). */
export const ACTIVATION_DEADLINE_DAYS = 365;

/** When a seat bound at `activatedAtMs` ends: bought months of 31 days plus extra days, to the second. */
export function seatEndMs(activatedAtMs: number, bought: { months: number; days: number }): number {
  return activatedAtMs + (bought.months * DAYS_PER_MONTH + bought.days) * DAY_MS;
}

/** The last moment at which an account made at `createdAtMs` can be activated. */
export function activationDeadlineMs(createdAtMs: number): number {
  return createdAtMs + ACTIVATION_DEADLINE_DAYS * DAY_MS;
}

function satisfies(type: AccountType, capability: Capability): boolean {
  return servingTypes(capability).includes(type);
}

const latest = (seats: readonly Seat[]): Seat | null =>
  seats.reduce<Seat | null>((best, seat) => (best === null || seat.expiresAtMs > best.expiresAtMs ? seat : best), null);

/** The in-date seat that serves the capability longest, or null. A right ends at its second. */
export function liveSeat(seats: readonly Seat[], capability: Capability, nowMs: number): Seat | null {
  return latest(seats.filter((s) => s.movedAtMs === null && satisfies(s.type, capability) && s.expiresAtMs > nowMs));
}

/** The most recently ended seat of the needed type, or null. */
export function expiredSeat(seats: readonly Seat[], capability: Capability, nowMs: number): Seat | null {
  return latest(seats.filter((s) => s.movedAtMs === null && satisfies(s.type, capability) && s.expiresAtMs <= nowMs));
}

/** The seat that was handed to somebody else, or null. */
export function movedSeat(seats: readonly Seat[], capability: Capability): Seat | null {
  return latest(seats.filter((s) => s.movedAtMs !== null && satisfies(s.type, capability)));
}

/** The account types that serve a capability, the cheaper first. */
export function servingTypes(capability: Capability): readonly AccountType[] {
  return capability === 'base' ? ['base', 'external_contact'] : ['external_contact'];
}

/**
 * Which account type to activate for a capability: the cheapest free one that serves it, or null when none is free.
 * An account past its deadline is not free, whatever the count said when it was read.
 */
export function freeAccountType(accounts: Accounts, capability: Capability, nowMs: number): AccountType | null {
  const isFree = ({ free, freeUntilMs }: AccountPool) => free > 0 && (freeUntilMs === null || freeUntilMs >= nowMs);
  return servingTypes(capability).find((type) => isFree(accounts[type])) ?? null;
}

/** The latest deadline that passed with an account of a serving type unbound, or null. */
export function lapsedAtMs(accounts: Accounts, capability: Capability, nowMs: number): number | null {
  const passed = servingTypes(capability).flatMap((type) => {
    const { lapsedAtMs: lapsed, free, freeUntilMs } = accounts[type];
    const since = free > 0 && freeUntilMs !== null && freeUntilMs < nowMs ? freeUntilMs : null;
    return [lapsed, since].filter((at) => at !== null);
  });
  return passed.length === 0 ? null : Math.max(...passed);
}

/** How many accounts of the serving types the corp holds. */
export function accountsTotal(accounts: Accounts, capability: Capability): number {
  return servingTypes(capability).reduce((sum, type) => sum + accounts[type].total, 0);
}
