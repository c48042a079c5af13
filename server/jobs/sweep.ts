import type { Deps } from '../deps';
import { deleteSettledCallbacksBefore } from '../store/inbox';
import { deleteInstallsBefore } from '../store/installs';
import { deleteLoginStatesBefore } from '../store/login-states';
import { deleteJobsEndedBefore } from '../store/job-overview';
import { deleteRemindersBefore } from '../store/reminders';
import { deleteSessionsBefore } from '../store/sessions';
import { deleteHoldsBefore } from '../store/wecom-holds';
import { LONGEST_HOLD_MS } from '../wecom/holds';

const DAY_MS = 24 * 3_600_000;

/** WeCom repeats a callback for minutes; a month of keys also answers "what did it send us". */
const CALLBACKS_KEPT_MS = 30 * DAY_MS;
/** An auth_code lives ten minutes, but the callback that brought it may be handled again as long as it is kept. */
const INSTALLS_KEPT_MS = CALLBACKS_KEPT_MS + DAY_MS;
/** An ended login is kept for a day: its page may still be open and come back by reload. */
const LOGINS_KEPT_MS = DAY_MS;
/** Longer than the longest slot of a schedule: a slot whose job was forgotten would run again. */
const JOBS_KEPT_MS = 3 * DAY_MS;
const DEAD_JOBS_KEPT_MS = 30 * DAY_MS;
/** Who was told what and when is asked for when something was not renewed: for a year and a bit. */
const REMINDERS_KEPT_MS = 400 * DAY_MS;

/** Deletes what nobody will ask for again. Doing it twice, or on two instances, changes nothing. */
export async function sweep({ clock, store }: Deps): Promise<void> {
  const nowMs = clock.now();
  await deleteSessionsBefore(store.db, nowMs);
  await deleteLoginStatesBefore(store.db, nowMs - LOGINS_KEPT_MS);
  await deleteSettledCallbacksBefore(store.db, nowMs - CALLBACKS_KEPT_MS);
  await deleteInstallsBefore(store.db, nowMs - INSTALLS_KEPT_MS);
  await deleteJobsEndedBefore(store.db, 'done', nowMs - JOBS_KEPT_MS);
  await deleteJobsEndedBefore(store.db, 'dead', nowMs - DEAD_JOBS_KEPT_MS);
  await deleteRemindersBefore(store.db, nowMs - REMINDERS_KEPT_MS);
  // Until then one that ended may still prove too short.
  await deleteHoldsBefore(store.db, nowMs - LONGEST_HOLD_MS);
}
