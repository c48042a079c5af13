import type { Corp, Suite } from '../state/types';
import { TRIAL_MS } from './spans';

export type AppLicence = {
  readonly status: 0 | 1;
  readonly trial: { readonly startAtMs: number; readonly endAtMs: number } | null;
  readonly checkAtMs: number | null;
};

/** What get_app_license_info would say (page 97194). A trial only while checking is on, and not for test corps. */
export function appLicenceOf(corp: Corp, suite: Suite): AppLicence {
  const first = corp.firstInstalledAtMs[suite.suiteId];
  const { status, trial, checkAtMs } = corp.checking;
  const hasTrial = status === 1 && trial && !corp.test && first !== undefined;
  const span = hasTrial ? { startAtMs: first, endAtMs: first + TRIAL_MS } : null;
  return { status, trial: span, checkAtMs: checkAtMs ?? (status === 0 ? null : (span?.endAtMs ?? first ?? null)) };
}

/** Whether members without a seat are stopped now. */
export function isChecked(licence: AppLicence, nowMs: number): boolean {
  if (licence.status === 0) return false;
  if (licence.trial && nowMs < licence.trial.endAtMs) return false;
  return licence.checkAtMs === null || nowMs >= licence.checkAtMs;
}
