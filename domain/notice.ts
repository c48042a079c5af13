import type { Verdict } from './verdict';

/** From how many days before its end members hear of a trial; administrators always do. */
export const MEMBER_TRIAL_NOTICE_DAYS = 30;
/** In the last days the banner cannot be closed. */
export const BANNER_STAYS_DAYS = 3;

/** Whether the page carries a banner for this verdict. */
export function showsBanner(verdict: Pick<Verdict, 'outcome' | 'reason' | 'audience' | 'daysLeft'>): boolean {
  if (verdict.outcome === 'warn') return true;
  if (verdict.reason !== 'trial') return false;
  return verdict.audience === 'admin' || (verdict.daysLeft ?? 0) <= MEMBER_TRIAL_NOTICE_DAYS;
}

/** Whether the half-height sheet belongs to this verdict (shown once a day per person). */
export function showsSheet(verdict: Pick<Verdict, 'reason'>): boolean {
  return verdict.reason === 'trial_ending' || verdict.reason === 'seat_expiring';
}

/** Whether the banner may be closed for the day. */
export function bannerCloses(verdict: Pick<Verdict, 'reason' | 'daysLeft'>): boolean {
  return verdict.reason !== 'stale_facts' && (verdict.daysLeft ?? 0) > BANNER_STAYS_DAYS;
}
