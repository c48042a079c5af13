import type { AppLicence } from './facts';
import { daysLeft } from './calendar';
import { checkingIsOff, trialRuns } from './trial';

export type RecipientFacts = {
  readonly appLicence: AppLicence;
  readonly autoActivationOn: boolean;
  /** Accounts bought and bound to nobody. */
  readonly freeAccounts: number;
};

/** In the trial's last days WeCom's auto-activation acts (page 95994), and a message to a member sets it off. */
const AUTO_ACTIVATION_ACTS_DAYS = 7;

/**
 * Whether a message may go to a member. Holders of a seat in date: always. Others only while WeCom asks nobody for a
 * licence, and only when the message cannot use up an account.
 */
export function mayReceive(
  holdsSeat: boolean,
  { appLicence, autoActivationOn, freeAccounts }: RecipientFacts,
  nowMs: number,
  utcOffsetMinutes: number,
): boolean {
  if (holdsSeat) return true;
  if (checkingIsOff(appLicence, nowMs)) return true;
  if (appLicence.trial === null || !trialRuns(appLicence, nowMs)) return false;
  const left = daysLeft(nowMs, appLicence.trial.endsAtMs, utcOffsetMinutes);
  return left > AUTO_ACTIVATION_ACTS_DAYS || !autoActivationOn || freeAccounts === 0;
}
