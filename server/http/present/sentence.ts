import type { Facts } from '../../../domain/facts';
import type { Reason } from '../../../domain/reasons';
import { accountsTotal } from '../../../domain/seats';
import type { Verdict } from '../../../domain/verdict';
import type { MessageId } from '../../../domain/words/messages';
import { isMessageId, type MessageValues, type Say } from '../../words';
import type { Phrases } from './phrases';

/** What a sentence is made from. */
export type Telling = {
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly nowMs: number;
  readonly say: Say;
  readonly phrases: Phrases;
};

type Sentence = readonly [id: MessageId, values?: MessageValues];

/** Why, in one sentence with its date. A variant steps in where the plain sentence would say what the facts do not. */
export function presentSentence(telling: Telling): string {
  const { reason } = telling.verdict;
  const [id, values] = COMPOSED[reason]?.(telling) ?? [`sentence.${reason}` as const];
  return telling.say(id, values);
}

const COMPOSED: Readonly<Partial<Record<Reason, (telling: Telling) => Sentence>>> = {
  checking_off: ({ nowMs, phrases, verdict: { untilMs } }) =>
    untilMs === null || untilMs <= nowMs
      ? ['sentence.checking_off']
      : ['sentence.checking_off.from', { date: phrases.date(untilMs) }],
  seat_valid: ({ phrases, verdict }) => ['sentence.seat_valid', { date: phrases.date(verdict.untilMs ?? 0) }],
  trial: ({ phrases, verdict }) => [
    'sentence.trial',
    { date: phrases.date(verdict.untilMs ?? 0), n: verdict.daysLeft ?? 0 },
  ],
  trial_ending: (telling) => endingSentence('sentence.trial_ending', telling),
  seat_expiring: (telling) => endingSentence('sentence.seat_expiring', telling),
  stale_facts: ({ facts, nowMs, phrases }) => {
    const sinceMs = facts.confirmedAtMs ?? facts.lastAllowed?.atMs ?? null;
    if (sinceMs === null) return ['sentence.stale_facts.no_age'];
    return ['sentence.stale_facts', { age: phrases.span(nowMs - sinceMs) }];
  },
  external_contact_needed: ({ facts, nowMs }) => {
    const holdsBase = facts.seats.value.some(
      (seat) => seat.type === 'base' && seat.movedAtMs === null && seat.expiresAtMs > nowMs,
    );
    return [holdsBase ? 'sentence.external_contact_needed' : 'sentence.external_contact_needed.no_seat'];
  },
  open_from_workbench: ({ facts: { entry } }) => {
    if (entry === 'qr') return ['sentence.open_from_workbench'];
    return [entry === 'share' ? 'sentence.open_from_workbench.share' : 'sentence.open_from_workbench.link'];
  },
  activation_failed: ({ facts, say }) => {
    const message = facts.activation?.message ?? null;
    if (message === null) return ['sentence.activation_failed.no_message'];
    return ['sentence.activation_failed', { message: presentFault(say, message) }];
  },
  seat_expired: ({ phrases, verdict }) =>
    dated('sentence.seat_expired', 'sentence.seat_expired.no_date', verdict, phrases),
  codes_lapsed: ({ phrases, verdict }) =>
    dated('sentence.codes_lapsed', 'sentence.codes_lapsed.no_date', verdict, phrases),
  no_free_seat: ({ facts }) => {
    const total = accountsTotal(facts.accounts.value, facts.capability);
    return total > 0 ? ['sentence.no_free_seat', { total }] : ['sentence.no_free_seat.no_total'];
  },
  trial_over: ({ facts, phrases, verdict }) => {
    const date = verdict.untilMs === null ? null : phrases.date(verdict.untilMs);
    // Bought once and given back: "has not bought yet" would be wrong.
    if (facts.everPaid.value)
      return date === null || facts.appLicence.value.trial === null
        ? ['sentence.trial_over.none_left_no_trial']
        : ['sentence.trial_over.none_left', { date }];
    if (date === null) return ['sentence.trial_over.no_trial'];
    return [facts.appLicence.value.trial === null ? 'sentence.trial_over.checked' : 'sentence.trial_over', { date }];
  },
};

function endingSentence(
  id: 'sentence.trial_ending' | 'sentence.seat_expiring',
  { phrases, verdict }: Telling,
): Sentence {
  const endsAtMs = verdict.untilMs ?? 0;
  return verdict.daysLeft === 0
    ? [`${id}.today`, { time: phrases.time(endsAtMs) }]
    : [id, { date: phrases.date(endsAtMs) }];
}

function dated(id: MessageId, without: MessageId, { untilMs }: Verdict, phrases: Phrases): Sentence {
  return untilMs === null ? [without] : [id, { date: phrases.date(untilMs) }];
}

/** Why an activation failed, in words; an errcode nobody has words for is named. */
export function presentFault(say: Say, message: string): string {
  const id = `fault.${message}`;
  return isMessageId(id) ? say(id) : say('fault.other', { code: message });
}
