import { attemptRuns, entryActivates } from './activation';
import { daysLeft } from './calendar';
import type { Facts } from './facts';
import type { Outcome, Reason } from './reasons';
import { accountsTotal, expiredSeat, freeAccountType, lapsedAtMs, liveSeat, movedSeat, servingTypes } from './seats';
import { checkingIsOff, trialRuns } from './trial';

/** What a matching rule says: the outcome, and the moment that belongs in its sentence, if it has one. */
export type Ruling = { readonly outcome: Outcome; readonly reason: Reason; readonly untilMs: number | null };

/** The facts a rule looks at, by name; the trace shows their source and age. */
export type FactName = 'installed' | 'inRange' | 'appLicence' | 'autoActivation' | 'everPaid' | 'accounts' | 'seats';

/** One row of the rule table. `judge` returns null when the row does not apply. */
export type Rule = {
  readonly id: string;
  readonly uses: readonly FactName[];
  readonly judge: (facts: Facts, nowMs: number) => Ruling | null;
};

const allow = (reason: Reason, untilMs: number | null = null): Ruling => ({ outcome: 'allow', reason, untilMs });
const warn = (reason: Reason, untilMs: number | null = null): Ruling => ({ outcome: 'warn', reason, untilMs });
const block = (reason: Reason, untilMs: number | null = null): Ruling => ({ outcome: 'block', reason, untilMs });

function noticed(facts: Facts, nowMs: number, endsAtMs: number, quiet: Reason, loud: Reason): Ruling {
  const left = daysLeft(nowMs, endsAtMs, facts.policy.utcOffsetMinutes);
  return left <= facts.policy.warningDays ? warn(loud, endsAtMs) : allow(quiet, endsAtMs);
}

function judgeSeat(facts: Facts, nowMs: number): Ruling | null {
  const seat = liveSeat(facts.seats.value, facts.capability, nowMs);
  return seat && noticed(facts, nowMs, seat.expiresAtMs, 'seat_valid', 'seat_expiring');
}

function judgeTrial(facts: Facts, nowMs: number): Ruling | null {
  const { trial } = facts.appLicence.value;
  if (trial === null || !trialRuns(facts.appLicence.value, nowMs)) return null;
  return noticed(facts, nowMs, trial.endsAtMs, 'trial', 'trial_ending');
}

function judgeContactNeed(facts: Facts, nowMs: number): Ruling | null {
  if (facts.capability !== 'external_contact') return null;
  if (freeAccountType(facts.accounts.value, 'external_contact', nowMs) !== null) return null;
  return liveSeat(facts.seats.value, 'base', nowMs) && block('external_contact_needed');
}

/** A free account and nobody sitting on it: why did it not become this member's seat? */
function judgeFreeAccount(facts: Facts, nowMs: number): Ruling | null {
  if (freeAccountType(facts.accounts.value, facts.capability, nowMs) === null) return null;
  if (!facts.autoActivation.value) return block('activation_off');
  const activates = entryActivates(facts.entry, facts.loginNamedAgent) || facts.policy.serverActivates;
  if (!activates) return block('open_from_workbench');
  if (facts.activation === null) return { outcome: 'wait', reason: 'activating', untilMs: null };
  return block('activation_failed');
}

function judgeGenerating(facts: Facts): Ruling | null {
  const { accounts, capability } = facts;
  return servingTypes(capability).some((type) => accounts.value[type].generating) ? block('codes_generating') : null;
}

function judgeTrialOver(facts: Facts): Ruling {
  const { trial, checkFromMs } = facts.appLicence.value;
  return block('trial_over', trial?.endsAtMs ?? checkFromMs);
}

/** Who is visiting, and may this corp's member see the app at all. Known without asking WeCom again. */
const STANDING_RULES: readonly Rule[] = [
  { id: 'outsider', uses: [], judge: (f) => (f.visitor === 'outsider' ? allow('outsider_free') : null) },
  { id: 'nobody', uses: [], judge: (f) => (f.visitor === 'nobody' ? block('facts_unavailable') : null) },
  {
    id: 'installed',
    uses: ['installed'],
    judge: (f) => (f.installed.value ? null : block('app_not_installed')),
  },
  { id: 'range', uses: ['inRange'], judge: (f) => (f.inRange.value === false ? block('out_of_range') : null) },
];

/** What the member may use, and if nothing, why. The last one always judges. */
const RIGHTS_RULES: readonly Rule[] = [
  {
    id: 'checking',
    uses: ['appLicence'],
    judge: (f, now) =>
      checkingIsOff(f.appLicence.value, now) ? allow('checking_off', f.appLicence.value.checkFromMs) : null,
  },
  { id: 'seat', uses: ['seats'], judge: judgeSeat },
  { id: 'trial', uses: ['appLicence'], judge: judgeTrial },
  {
    id: 'activating',
    uses: [],
    judge: (f, now) =>
      attemptRuns(f.activation, now) ? { outcome: 'wait', reason: 'activating', untilMs: null } : null,
  },
  { id: 'contact', uses: ['seats', 'accounts'], judge: judgeContactNeed },
  { id: 'free', uses: ['accounts', 'autoActivation'], judge: judgeFreeAccount },
  { id: 'generating', uses: ['accounts'], judge: judgeGenerating },
  {
    id: 'moved',
    uses: ['seats', 'accounts'],
    judge: (f) => {
      const seat = movedSeat(f.seats.value, f.capability);
      return seat && block('seat_moved', seat.movedAtMs);
    },
  },
  {
    id: 'expired',
    uses: ['seats', 'accounts'],
    judge: (f, now) => {
      const seat = expiredSeat(f.seats.value, f.capability, now);
      return seat && block('seat_expired', seat.expiresAtMs);
    },
  },
  {
    id: 'lapsed',
    uses: ['accounts'],
    judge: (f, now) => {
      const lapsed = lapsedAtMs(f.accounts.value, f.capability, now);
      return lapsed === null ? null : block('codes_lapsed', lapsed);
    },
  },
  {
    id: 'bought',
    uses: ['accounts'],
    judge: (f) => (accountsTotal(f.accounts.value, f.capability) > 0 ? block('no_free_seat') : null),
  },
  {
    id: 'contact-none',
    uses: ['accounts', 'everPaid'],
    judge: (f) =>
      f.capability === 'external_contact' && f.accounts.value.base.total > 0 ? block('external_contact_needed') : null,
  },
  { id: 'trial-over', uses: ['appLicence', 'everPaid'], judge: judgeTrialOver },
];

/** The ruling of the first rule that applies, or null. */
export function firstRuling(rules: readonly Rule[], facts: Facts, nowMs: number): Ruling | null {
  for (const rule of rules) {
    const ruling = rule.judge(facts, nowMs);
    if (ruling !== null) return ruling;
  }
  return null;
}

/**
 * WeCom or the store is silent and what we know has passed its freshness. While the record still grants a right, the
 * last allowing verdict carries through the grace time, and a live seat carries beyond it: our own silence refuses
 * nobody who holds one. A record that refuses is not turned into an entry by getting older.
 */
function judgeSilence(facts: Facts, nowMs: number): Ruling | null {
  if (facts.reachable) return null;
  const { confirmedAtMs, lastAllowed, policy } = facts;
  if (confirmedAtMs !== null && nowMs - confirmedAtMs <= policy.freshForMs) return null;
  const onRecord = firstRuling(RIGHTS_RULES, facts, nowMs)?.outcome;
  if (onRecord !== 'allow' && onRecord !== 'warn') return block('facts_unavailable');
  const inGrace = lastAllowed !== null && nowMs < lastAllowed.atMs + policy.graceMs;
  const held = liveSeat(facts.seats.value, facts.capability, nowMs) !== null;
  return inGrace || held ? warn('stale_facts') : block('facts_unavailable');
}

/** The rule table, in order; the first that judges wins. */
export const RULES: readonly Rule[] = [
  ...STANDING_RULES,
  { id: 'silence', uses: [], judge: judgeSilence },
  ...RIGHTS_RULES,
];
