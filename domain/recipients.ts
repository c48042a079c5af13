import type { AppLicence } from './facts';
import { daysLeft } from './calendar';
import { checkingIsOff, trialRuns } from './trial';

export type RecipientFacts = {
  readonly appLicence: AppLicence;
  readonly autoActivationOn: boolean;
  /** Accounts WeCom's own activation could bind: bought and bound to nobody, or left waiting by somebody who went. */
  readonly freeAccounts: number;
};

/** More than this before the trial's end auto-activation does not act yet; from then on, and after it, it does (95994). */
const AUTO_ACTIVATION_ACTS_DAYS = 7;

/**
 * Whether a message may go to a member. Holders of a seat in date: always. Others only while WeCom asks nobody for a
 * licence, and only when the message cannot use up an account: a message is what sets auto-activation off (Scene 2 of
 * auto_activate, 95994), and only the early trial is exempt from it. That nobody is checked yet is no exemption.
 */
export function mayReceive(
  holdsSeat: boolean,
  { appLicence, autoActivationOn, freeAccounts }: RecipientFacts,
  nowMs: number,
  utcOffsetMinutes: number,
): boolean {
  if (holdsSeat) return true;
  if (isEarlyTrial(appLicence, nowMs, utcOffsetMinutes)) return true;
  const asksNobody = checkingIsOff(appLicence, nowMs) || trialRuns(appLicence, nowMs);
  return asksNobody && (!autoActivationOn || freeAccounts === 0);
}

function isEarlyTrial(appLicence: AppLicence, nowMs: number, utcOffsetMinutes: number): boolean {
  if (appLicence.trial === null || !trialRuns(appLicence, nowMs)) return false;
  return daysLeft(nowMs, appLicence.trial.endsAtMs, utcOffsetMinutes) > AUTO_ACTIVATION_ACTS_DAYS;
}
