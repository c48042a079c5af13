import { entryActivates } from '../../domain/activation';
import type {
  Accounts,
  AccountType,
  ActivationAttempt,
  Capability,
  Fact,
  Facts,
  Policy,
  Seat,
} from '../../domain/facts';
import { REASONS, type Reason } from '../../domain/reasons';
import { freeAccountType, servingTypes } from '../../domain/seats';
import type { Config } from '../config';
import type { ActivationsTable, MembersTable } from '../store/schema';
import { accountsFor, NO_POOLS } from './account-pools';
import { accountType, typeNumber } from './account-types';
import { RETRY_AFTER_MS } from './attempt-times';
import type { Visit } from './judged';
import type { LicenceRecord } from './licence-record';
import { readRange } from './visible-range';

/** The gate's policy as configured. */
export function policyOf(config: Config): Policy {
  return {
    warningDays: config.warningDays,
    serverActivates: config.activation === 'server',
    freshForMs: config.factsFreshMs,
    graceMs: config.staleGraceMs,
    utcOffsetMinutes: config.utcOffsetMinutes,
  };
}

type Moment = { readonly nowMs: number; readonly force: boolean };

/** The facts of a member's visit as they are on record, as if everybody had answered. */
export function factsOfRecord(record: LicenceRecord, visit: Visit, config: Config, moment: Moment): Facts {
  const { corp, licence, member } = record;
  const asked = (atMs: number | undefined) => ({
    source: atMs ? ('api' as const) : ('default' as const),
    atMs: atMs ?? 0,
  });
  const auto = asked(licence?.auto_checked_at_ms);
  const accounts = accountsFor(record.pools, entryActivates(visit.entry, visit.loginNamedAgent));
  return {
    visitor: visit.visitor,
    administers: record.administers,
    entry: visit.entry,
    loginNamedAgent: visit.loginNamedAgent,
    capability: visit.capability,
    installed: {
      value: corp?.status === 'installed',
      source: corp?.source ?? 'default',
      atMs: corp?.checked_at_ms ?? 0,
    },
    inRange: corp === null ? { value: null, source: 'default', atMs: 0 } : readRange(corp, member),
    appLicence: { value: appLicenceOf(licence), ...asked(licence?.licence_checked_at_ms) },
    autoActivation: { value: licence?.auto_activation === 1, ...auto },
    everPaid: { value: licence?.ever_paid === 1, ...auto },
    accounts: { value: accounts, ...asked(licence?.ledger_checked_at_ms) },
    seats: seatsOf(record),
    activation: attemptOf(record, visit, accounts, moment),
    reachable: true,
    confirmedAtMs: null,
    lastAllowed: lastAllowedOf(member),
    policy: policyOf(config),
  };
}

/** The facts of somebody who is no member: none but who they are. */
export function factsOfStranger(visit: Visit, config: Config): Facts {
  const nothing = { corp: null, licence: null, member: null, seats: [], activations: [], administers: false };
  return factsOfRecord({ ...nothing, pools: NO_POOLS }, visit, config, { nowMs: 0, force: false });
}

/** What WeCom says of the app's licence as a domain fact. */
export function appLicenceOf(licence: LicenceRecord['licence']): Facts['appLicence']['value'] {
  // Until WeCom has said otherwise the corp counts as checked: nobody is let in on a guess.
  if (licence === null || licence.checking === null) return { checking: true, trial: null, checkFromMs: null };
  const { check_from_ms: checkFromMs, trial_ends_at_ms: endsAtMs, trial_starts_at_ms: startsAtMs } = licence;
  const trial = endsAtMs === null ? null : { startsAtMs: startsAtMs ?? endsAtMs, endsAtMs };
  return { checking: licence.checking === 1, trial, checkFromMs };
}

function seatsOf({ member, seats }: LicenceRecord): Fact<readonly Seat[]> {
  const value = seats.map((row): Seat => ({
    type: accountType(row.type),
    expiresAtMs: row.expires_at_ms,
    movedAtMs: row.moved_at_ms,
  }));
  return { value, source: member?.seats_source ?? 'default', atMs: member?.seats_checked_at_ms ?? 0 };
}

/** The attempt that matters to this visit; one that ended well, or failed long enough ago, is as if there had been none. */
function attemptOf(record: LicenceRecord, visit: Visit, accounts: Accounts, moment: Moment): ActivationAttempt | null {
  const row = findAttempt(
    record.activations,
    visit.capability,
    freeAccountType(accounts, visit.capability, moment.nowMs),
  );
  if (row === undefined || row.state === 'done') return null;
  const ageMs = moment.nowMs - row.started_at_ms;
  // Begun by a clock that was ahead, it must not stand until then.
  if (-ageMs >= RETRY_AFTER_MS[row.state === 'failed' ? 'failed' : 'hung']) return null;
  const over = row.state === 'failed' || ageMs >= RETRY_AFTER_MS.hung;
  if (over && (moment.force || ageMs >= RETRY_AFTER_MS.failed)) return null;
  return { state: row.state, startedAtMs: row.started_at_ms, message: row.message };
}

/** A running one of any serving type; else the one for the account that would be bound now, however another one failed. */
function findAttempt(
  rows: readonly ActivationsTable[],
  capability: Capability,
  wanted: AccountType | null,
): ActivationsTable | undefined {
  const types = servingTypes(capability).map(typeNumber);
  const running = rows.find((row) => types.includes(row.type) && row.state === 'running');
  return running ?? rows.find((row) => wanted !== null && row.type === typeNumber(wanted));
}

function lastAllowedOf(member: MembersTable | null): Facts['lastAllowed'] {
  if (member === null || member.last_allowed_at_ms === null) return null;
  const reason = REASONS.find((known): known is Reason => known === member.last_allowed_reason);
  return reason === undefined ? null : { atMs: member.last_allowed_at_ms, reason };
}
