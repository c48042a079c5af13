import { DAY_MS } from '../../../domain/calendar';
import type { Facts, Seat } from '../../../domain/facts';
import type { Reason } from '../../../domain/reasons';
import { accountsTotal, servingTypes } from '../../../domain/seats';
import type { MessageId } from '../../../domain/words/messages';
import type { MessageValues } from '../../words';
import type { VerdictView } from '../contract/verdict';
import { presentFault, type Telling } from './sentence';

type Row = readonly [label: MessageId, value: string, labelValues?: MessageValues];

/** The rows of 「为什么」 by name; a row without its fact is left out. */
const ROWS = {
  firstInstalled: ({ facts, phrases }) => {
    const { trial } = facts.appLicence.value;
    return trial && ['why.first_installed', phrases.date(trial.startsAtMs)];
  },
  trialEnds: ({ facts, phrases }) => {
    const { trial } = facts.appLicence.value;
    if (trial === null) return null;
    const days = Math.round((trial.endsAtMs - trial.startsAtMs) / DAY_MS);
    return ['why.trial_ends', phrases.moment(trial.endsAtMs), { n: days }];
  },
  checkFrom: ({ facts, phrases }) => {
    const { checkFromMs } = facts.appLicence.value;
    return checkFromMs === null ? null : ['why.check_from', phrases.moment(checkFromMs)];
  },
  bought: ({ facts, say }) =>
    facts.accounts.atMs === 0
      ? null
      : ['why.bought', say('why.count', { n: accountsTotal(facts.accounts.value, facts.capability) })],
  free: ({ facts, say }) => {
    const pools = servingTypes(facts.capability).map((type) => facts.accounts.value[type]);
    return ['why.free', say('why.count', { n: pools.reduce((sum, pool) => sum + pool.free, 0) })];
  },
  generating: ({ say }) => ['why.generating', say('why.generating.value')],
  seat: ({ facts, nowMs, phrases, say }) => {
    const seat = tellingSeat(facts, nowMs);
    if (seat === null) return ['why.seat', say('why.seat.none')];
    const type = say(`why.account.${seat.type}`);
    if (seat.movedAtMs !== null)
      return ['why.seat', say('why.seat.moved', { type, date: phrases.date(seat.movedAtMs) })];
    const id = seat.expiresAtMs > nowMs ? 'why.seat.until' : 'why.seat.ended';
    return ['why.seat', say(id, { type, date: phrases.moment(seat.expiresAtMs) })];
  },
  needed: ({ facts, say }) => ['why.needed', say(`why.account.${facts.capability}`)],
  activateBy: ({ phrases, verdict }) =>
    verdict.untilMs === null ? null : ['why.activate_by', phrases.moment(verdict.untilMs)],
  auto: ({ facts, say }) => ['why.auto_activation', say(facts.autoActivation.value ? 'why.on' : 'why.off')],
  attempted: ({ facts, phrases }) =>
    facts.activation && ['why.attempted', phrases.moment(facts.activation.startedAtMs)],
  fault: ({ facts, say }) =>
    facts.activation?.message ? ['why.wecom', presentFault(say, facts.activation.message)] : null,
  entry: ({ facts, say }) => ['why.entry', say(`why.entry.${facts.entry}`)],
  frees: ({ facts, nowMs, phrases }) => {
    const pools = servingTypes(facts.capability).map((type) => facts.accounts.value[type].freesAtMs);
    const later = pools.filter((at) => at !== null).filter((at) => at > nowMs);
    return later.length === 0 ? null : ['why.frees', phrases.date(Math.min(...later))];
  },
  notInstalled: ({ say }) => ['why.installed', say('why.installed.no')],
  outside: ({ say }) => ['why.range', say('why.range.outside')],
  lastAllowed: ({ facts, phrases }) =>
    facts.lastAllowed && ['why.last_allowed', phrases.moment(facts.lastAllowed.atMs)],
  silent: ({ facts, say }) => (facts.reachable ? null : ['why.wecom', say('why.wecom.silent')]),
  checked: (telling) => ['why.checked', checkedValue(telling)],
  term: ({ say }) => ['why.term', say('why.term.value')],
} satisfies Readonly<Record<string, (telling: Telling) => Row | null>>;

type RowName = keyof typeof ROWS;

const TRIAL: readonly RowName[] = ['firstInstalled', 'trialEnds', 'bought'];
const BOUGHT: readonly RowName[] = ['bought', 'free'];
const END: readonly RowName[] = ['checked', 'term'];

const ROWS_OF: Readonly<Record<Reason, readonly RowName[]>> = {
  outsider_free: [],
  checking_off: ['checkFrom', ...END],
  seat_valid: ['seat', ...END],
  seat_expiring: ['seat', ...END],
  trial: [...TRIAL, ...END],
  trial_ending: [...TRIAL, ...END],
  stale_facts: ['silent', 'lastAllowed', ...END],
  activating: [...BOUGHT, 'entry', ...END],
  app_not_installed: ['notInstalled', 'checked'],
  out_of_range: ['outside', 'checked'],
  external_contact_needed: ['needed', 'seat', ...END],
  open_from_workbench: ['entry', 'auto', ...BOUGHT, ...END],
  activation_off: ['auto', ...BOUGHT, ...END],
  activation_failed: ['attempted', 'fault', ...BOUGHT, ...END],
  codes_generating: ['generating', ...END],
  seat_moved: ['seat', ...BOUGHT, 'frees', ...END],
  seat_expired: ['seat', ...BOUGHT, 'frees', ...END],
  codes_lapsed: ['activateBy', ...BOUGHT, 'frees', ...END],
  no_free_seat: ['seat', ...BOUGHT, 'frees', ...END],
  trial_over: ['firstInstalled', 'trialEnds', 'checkFrom', 'bought', ...END],
  facts_unavailable: ['silent', 'lastAllowed', ...END],
};

/** The verdict's grounds in plain words, with dates; never anything of another member. */
export function presentWhy(telling: Telling): VerdictView['why'] {
  return ROWS_OF[telling.verdict.reason].flatMap((name) => {
    const row: Row | null = ROWS[name](telling);
    if (row === null) return [];
    const [label, value, labelValues] = row;
    return [{ label: telling.say(label, labelValues), value }];
  });
}

/** The seat the verdict speaks of: the one that serves, else the last one held. */
function tellingSeat({ capability, seats }: Facts, nowMs: number): Seat | null {
  const types = servingTypes(capability);
  const rank = (seat: Seat) =>
    (types.includes(seat.type) ? 4 : 0) + (seat.movedAtMs === null ? 2 : 0) + (seat.expiresAtMs > nowMs ? 1 : 0);
  return [...seats.value].sort((a, b) => rank(b) - rank(a) || b.expiresAtMs - a.expiresAtMs)[0] ?? null;
}

function checkedValue({ facts, nowMs, phrases, say, verdict }: Telling): string {
  const fact =
    verdict.reason === 'app_not_installed' ? facts.installed : verdict.reason === 'out_of_range' ? facts.inRange : null;
  const atMs = fact === null ? facts.confirmedAtMs : fact.atMs || null;
  if (atMs === null) return say('why.checked.never');
  const age = phrases.ago(nowMs - atMs);
  const told = (fact ?? facts.seats).source === 'callback';
  return say(told ? 'why.checked.callback' : 'why.checked.api', { age });
}
