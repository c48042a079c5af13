import { DAY_MS } from '../clock';

/** The numbers of the licence rules, each once (licence-api.md section 8, rules.md). */
export const TRIAL_MS = 90 * DAY_MS;
export const MONTH_DAYS = 31;
export const MIN_ORDER_DAYS = 31;
export const MAX_ORDER_DAYS = 1860;
/** Orders up to this long may not exceed twice the head count (701132). */
export const SHORT_ORDER_DAYS = 93;
/** A code must be bound within a year of its creation. */
export const BIND_WITHIN_MS = 365 * DAY_MS;
/** Stacked validity: 60 months of 31 days. */
export const LONGEST_VALIDITY_MS = MAX_ORDER_DAYS * DAY_MS;
/** An active seat may be replaced by hand once this little is left. */
export const EARLY_REBIND_MS = 20 * DAY_MS;
/** Auto-activation looks this far ahead, at seats and at the trial. */
export const AUTO_WINDOW_MS = 7 * DAY_MS;
/** After a move away from a member in service the account rests this long. */
export const IN_SERVICE_LOCK_MS = 30 * DAY_MS;
/** list_order looks at this much at a time. */
export const LIST_SPAN_MS = 31 * DAY_MS;
export const TEST_CORP_MAX_ACCOUNTS = 1000;
export const MAX_ACCOUNTS = 1_000_000;
/** Batch calls take this many items. */
export const MAX_BATCH = 1000;
/** How long an unpaid order stands is not documented; a week keeps it visible. */
export const UNPAID_LIFE_MS = 7 * DAY_MS;
/** Results of jobs are readable this long after submitting. */
export const JOB_RESULT_LIFE_MS = 7 * DAY_MS;
/** Corps in one multi-corp job. */
export const MAX_JOB_CORPS = 100_000;
/** Corps in one call that fills such a job. */
export const MAX_JOB_CALL = 10;
