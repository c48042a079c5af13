import type { Ending } from '../../domain/reminders';
import { appLicenceOf } from '../licences/facts-of-record';
import type { CorpLicencesTable, SeatsTable } from '../store/schema';

/** What ends for a corp and can still be prevented, as on record. Seats handed to somebody else end for nobody. */
export function findEndings(licence: CorpLicencesTable | null, seats: readonly SeatsTable[], nowMs: number): Ending[] {
  const ofSeats = seats
    .filter((seat) => seat.moved_at_ms === null && seat.expires_at_ms > nowMs)
    .map((seat): Ending => ({ kind: 'seats', endsAtMs: seat.expires_at_ms, count: 1 }));
  const { checkFromMs, checking, trial } = appLicenceOf(licence);
  if (!checking) return ofSeats;
  // WeCom stops nobody before `license_check_time`, however the trial went.
  if (checkFromMs !== null && checkFromMs > Math.max(nowMs, trial?.endsAtMs ?? 0))
    return [{ kind: 'checking', endsAtMs: checkFromMs, count: 1 }, ...ofSeats];
  if (trial !== null && trial.endsAtMs > nowMs)
    return [{ kind: 'trial', endsAtMs: trial.endsAtMs, count: 1 }, ...ofSeats];
  return ofSeats;
}
