import type { AccountPool, Fact, Facts, Seat } from '../../domain/facts';
import { SHANGHAI_OFFSET_MINUTES } from '../../domain/calendar';

/** A moment in Shanghai, `2026-11-21 10:00:00`, in milliseconds since 1970. */
export function shanghai(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}+08:00`);
}

/** A Saturday morning; most tables are told from here. */
export const NOW = shanghai('2026-11-21 10:00:00');
export const SECOND = 1000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function buildFact<T>(value: T, atMs = NOW): Fact<T> {
  return { value, source: 'api', atMs };
}

export function buildPool(pool: Partial<AccountPool> = {}): AccountPool {
  return { free: 0, freeUntilMs: null, lapsedAtMs: null, total: 0, generating: false, freesAtMs: null, ...pool };
}

/** Unbound accounts whose deadline is far away. */
export function buildFreePool(pool: Partial<AccountPool> = {}): AccountPool {
  return buildPool({ free: 2, freeUntilMs: NOW + 300 * DAY, total: 5, ...pool });
}

export function buildSeat(seat: Partial<Seat> = {}): Seat {
  return { type: 'base', expiresAtMs: NOW + 100 * DAY, movedAtMs: null, ...seat };
}

/** What a table may vary: plain values, without their provenance. */
export type FactsPatch = Partial<Omit<Facts, 'installed' | 'inRange' | 'appLicence' | 'autoActivation' | 'policy'>> & {
  installed?: boolean;
  inRange?: boolean | null;
  checking?: boolean;
  trialEndsAtMs?: number | null;
  checkFromMs?: number | null;
  autoActivation?: boolean;
  base?: AccountPool;
  contact?: AccountPool;
  seat?: readonly Seat[];
  policy?: Partial<Facts['policy']>;
};

const POLICY: Facts['policy'] = {
  warningDays: 7,
  serverActivates: true,
  freshForMs: 300 * SECOND,
  graceMs: 24 * HOUR,
  utcOffsetMinutes: SHANGHAI_OFFSET_MINUTES,
};

/** A member of a corp that has the app, whose trial is over, where nothing was ever bought: `trial_over`. */
export function buildFacts(patch: FactsPatch = {}): Facts {
  const { installed = true, inRange = null, autoActivation = true, checking = true, checkFromMs = null } = patch;
  const {
    trialEndsAtMs = NOW - 10 * DAY,
    base = buildPool(),
    contact = buildPool(),
    seat = [],
    policy,
    ...rest
  } = patch;
  const trial = trialEndsAtMs === null ? null : { startsAtMs: trialEndsAtMs - 90 * DAY, endsAtMs: trialEndsAtMs };
  return {
    visitor: 'member',
    administers: false,
    entry: 'workbench',
    loginNamedAgent: false,
    capability: 'base',
    everPaid: buildFact(false),
    activation: null,
    reachable: true,
    confirmedAtMs: NOW,
    lastAllowed: null,
    ...rest,
    installed: buildFact(installed),
    inRange: buildFact(inRange),
    appLicence: buildFact({ checking, trial, checkFromMs }),
    autoActivation: buildFact(autoActivation),
    accounts: rest.accounts ?? buildFact({ base, external_contact: contact }),
    seats: rest.seats ?? buildFact(seat),
    policy: { ...POLICY, ...policy },
  };
}
