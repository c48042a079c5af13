import { DAY_MS } from './calendar';
import type { AppLicence } from './facts';

/** The trial runs 90 days from the first installation; reinstalling does not restart it (page 97194). */
export const TRIAL_DAYS = 90;

/** When the trial of an app first installed at `installedAtMs` ends. */
export function trialEndMs(installedAtMs: number): number {
  return installedAtMs + TRIAL_DAYS * DAY_MS;
}

/** Whether the trial is running. It ends at its second. */
export function trialRuns(licence: AppLicence, nowMs: number): boolean {
  return licence.trial !== null && nowMs < licence.trial.endsAtMs;
}

/**
 * Whether WeCom lets everybody in: checking is off, or its moment has not come and no trial is running.
 * `license_check_time` decides when present, also after a trial that ended earlier (licence page 97194).
 */
export function checkingIsOff(licence: AppLicence, nowMs: number): boolean {
  if (!licence.checking) return true;
  return licence.checkFromMs !== null && nowMs < licence.checkFromMs && !trialRuns(licence, nowMs);
}
