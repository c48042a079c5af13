import { attemptRuns } from '../../domain/activation';
import type { Facts } from '../../domain/facts';
import type { Verdict } from '../../domain/verdict';
import type { LicenceRecord } from './licence-record';
import type { Source } from './sources';

/** A record that refuses is asked again when it is older than this. */
const REFUSAL_FRESH_MS = 10_000;
/** The list of administrators decides no verdict, only who is shown which button. */
const ADMINS_FRESH_MS = 300_000;
/** How long "outside the visible range" is believed before it is asked again. */
const RANGE_FRESH_MS = 60_000;

type Situation = { readonly facts: Facts; readonly verdict: Verdict; readonly nowMs: number; readonly force: boolean };

/** Whether something read at a moment is too old. A clock set back makes it look newer than now: that counts as old. */
function isOlder(atMs: number | undefined, limitMs: number, nowMs: number): boolean {
  return atMs === undefined || atMs > nowMs || nowMs - atMs >= limitMs;
}

/**
 * Which sources have to be read before this verdict may stand. A grant rests on the licence and the seats; only a refusal
 * (or an activation that would begin) also needs the ledger and the auto-activation switch, and all of it newer.
 */
export function dueSources(record: LicenceRecord, { facts, force, nowMs, verdict }: Situation): Source[] {
  const { corp, licence, member } = record;
  if (corp?.status !== 'installed') return [];
  const older = (atMs: number | undefined, limitMs: number) => isOlder(atMs, limitMs, nowMs);
  if (verdict.reason === 'out_of_range') return older(corp.checked_at_ms, RANGE_FRESH_MS) ? ['authorisation'] : [];
  const refuses = verdict.outcome === 'block' || (verdict.outcome === 'wait' && !attemptRuns(facts.activation, nowMs));
  const limitMs = force ? 0 : refuses ? REFUSAL_FRESH_MS : facts.policy.freshForMs;
  const due: Source[] = [];
  // Somebody was outside, and nobody knows any more: the authorisation may name the members it is for.
  if (member?.in_range === null && member.range_checked_at_ms > corp.checked_at_ms) due.push('authorisation');
  if (older(corp.admins_checked_at_ms, ADMINS_FRESH_MS)) due.push('admins');
  if (older(licence?.licence_checked_at_ms, limitMs)) due.push('licence');
  if (older(member?.seats_checked_at_ms, limitMs)) due.push('seats');
  // Before licence and seats have ever been read, nothing is refused yet.
  const isKnown = facts.appLicence.atMs > 0 && facts.seats.atMs > 0;
  if (!refuses || !isKnown) return due;
  if (older(licence?.auto_checked_at_ms, limitMs)) due.push('autoActivation');
  if (older(licence?.ledger_checked_at_ms, limitMs)) due.push('ledger');
  return due;
}

/**
 * Whether "outside the visible range" is old enough to be tried again, be it WeCom's refusal of an earlier call or an
 * event: the one that tells of the member's coming may be lost, or have been overtaken.
 */
export function isRangeWorn({ member }: LicenceRecord, nowMs: number, force: boolean): boolean {
  if (member?.in_range !== 0) return false;
  return isOlder(member.range_checked_at_ms, force ? REFUSAL_FRESH_MS : RANGE_FRESH_MS, nowMs);
}
