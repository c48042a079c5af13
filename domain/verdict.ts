import { ACTIVATION_TIMEOUT_MS } from './activation';
import { daysLeft, windowOpensAtMs } from './calendar';
import type { AccountType, Capability, Facts, FactSource } from './facts';
import type { Outcome, Reason } from './reasons';
import { firstRuling, RULES, type FactName, type Ruling } from './rules';
import { servingTypes } from './seats';

/** One row of the explanation: a rule that was tried, whether it decided, and the facts it looked at. */
export type TraceRow = {
  readonly rule: string;
  readonly matched: boolean;
  readonly facts: readonly { readonly name: FactName; readonly source: FactSource; readonly ageMs: number }[];
};

/** The next change that is already known. */
export type Forecast = { readonly atMs: number; readonly reason: Reason };

/** What the gate decided, and why. Times in milliseconds since 1970. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly capability: Capability;
  /** The moment the sentence speaks of: the end of the right that carries, or of the one that is gone. */
  readonly untilMs: number | null;
  /** Local midnights until `untilMs`; null when there is none. */
  readonly daysLeft: number | null;
  readonly audience: 'member' | 'admin';
  readonly next: Forecast | null;
  readonly trace: readonly TraceRow[];
};

function traceRow(facts: Facts, uses: readonly FactName[], rule: string, matched: boolean, nowMs: number): TraceRow {
  const row = uses.map((name) => ({ name, source: facts[name].source, ageMs: Math.max(0, nowMs - facts[name].atMs) }));
  return { rule, matched, facts: row };
}

const UNDECIDED: Ruling = { outcome: 'block', reason: 'facts_unavailable', untilMs: null };

/** Moments at which some rule may judge differently although no fact changes. */
function turningPoints(facts: Facts): number[] {
  const { policy, accounts, activation, lastAllowed, confirmedAtMs } = facts;
  const { trial, checkFromMs } = facts.appLicence.value;
  const ends = [trial?.endsAtMs ?? null, ...facts.seats.value.map((seat) => seat.expiresAtMs)].filter(
    (at) => at !== null,
  );
  const windows = ends.map((at) => windowOpensAtMs(at, policy.warningDays, policy.utcOffsetMinutes));
  const lapses = [accounts.value.base, accounts.value.external_contact].map(
    ({ freeUntilMs }) => freeUntilMs && freeUntilMs + 1,
  );
  const silence = facts.reachable
    ? []
    : [lastAllowed && lastAllowed.atMs + policy.graceMs, confirmedAtMs && confirmedAtMs + policy.freshForMs + 1];
  const timeout = activation && activation.startedAtMs + ACTIVATION_TIMEOUT_MS;
  return [...ends, ...windows, ...lapses, ...silence, timeout, checkFromMs].filter((at) => at !== null);
}

/** Refusals that a freed account would lift. */
const WAITS_FOR_ACCOUNT: readonly Reason[] = [
  'external_contact_needed',
  'seat_moved',
  'seat_expired',
  'codes_lapsed',
  'no_free_seat',
];

const reasonAt = (facts: Facts, nowMs: number): Reason => (firstRuling(RULES, facts, nowMs) ?? UNDECIDED).reason;

/** The same facts once the leaver's account of this type is free: nobody has tried it yet. */
function withFreed(facts: Facts, type: AccountType): Facts {
  const pool = facts.accounts.value[type];
  const freed = { ...pool, free: pool.free + 1, freeUntilMs: null, freesAtMs: null };
  const value = { ...facts.accounts.value, [type]: freed };
  return { ...facts, activation: null, accounts: { ...facts.accounts, value } };
}

/** Moments at which a leaver's account is known to get free, with the facts as they will be. */
function releases(facts: Facts, reason: Reason): { atMs: number; facts: Facts }[] {
  if (!WAITS_FOR_ACCOUNT.includes(reason)) return [];
  return servingTypes(facts.capability).flatMap((type) => {
    const atMs = facts.accounts.value[type].freesAtMs;
    return atMs === null ? [] : [{ atMs, facts: withFreed(facts, type) }];
  });
}

/** The soonest known moment at which the reason is another one: by time alone, or by an account getting free. */
function forecast(facts: Facts, nowMs: number, reason: Reason): Forecast | null {
  const moments = [...turningPoints(facts).map((atMs) => ({ atMs, facts })), ...releases(facts, reason)]
    .filter(({ atMs }) => atMs > nowMs)
    .sort((a, b) => a.atMs - b.atMs);
  for (const moment of moments) {
    const then = reasonAt(moment.facts, moment.atMs);
    if (then !== reason) return { atMs: moment.atMs, reason: then };
  }
  return null;
}

/** The rules tried up to the one that decided, each with the facts it used. */
function explain(facts: Facts, nowMs: number): TraceRow[] {
  const decidedBy = RULES.findIndex((rule) => rule.judge(facts, nowMs) !== null);
  const tried = decidedBy === -1 ? RULES : RULES.slice(0, decidedBy + 1);
  return tried.map((rule, index) => traceRow(facts, rule.uses, rule.id, index === decidedBy, nowMs));
}

/**
 * The gate's decision: facts and a moment in, one verdict out. Pure and total: no I/O, no clock, never throws.
 *
 * @param nowMs milliseconds since 1970, from the caller's clock
 */
export function decideVerdict(facts: Facts, nowMs: number): Verdict {
  const { outcome, reason, untilMs } = firstRuling(RULES, facts, nowMs) ?? UNDECIDED;
  return {
    outcome,
    reason,
    capability: facts.capability,
    untilMs,
    daysLeft: untilMs === null ? null : daysLeft(nowMs, untilMs, facts.policy.utcOffsetMinutes),
    audience: facts.administers ? 'admin' : 'member',
    next: forecast(facts, nowMs, reason),
    trace: explain(facts, nowMs),
  };
}

/** Whether the server has to start an activation: the verdict waits for one and none is running. */
export function needsActivation(facts: Facts, verdict: Verdict): boolean {
  return verdict.reason === 'activating' && facts.activation === null;
}
