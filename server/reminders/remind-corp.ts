import { localDay } from '../../domain/calendar';
import { decideReminders, isOfficeTime, reminderKey, type Reminder, type ReminderPolicy } from '../../domain/reminders';
import { openCorp } from '../corps/open-corp';
import { refreshAdmins } from '../corps/refresh-admins';
import type { Deps } from '../deps';
import { orStop } from '../jobs/or-stop';
import { readPools } from '../licences/account-pools';
import { readWholeOverview, type AdminOverview } from '../licences/admin-overview';
import { findCorpLicence } from '../store/corp-licences';
import { findOpenSend, isSendSpent, listToldRungs, reserveSend } from '../store/reminders';
import { listSeats } from '../store/seats';
import { composeCard } from './compose-card';
import { findEndings } from './find-endings';
import { findRecipients } from './find-recipients';
import { sendCard, sendCardAgain } from './send-card';
import { isWorkday } from './working-days';

/** WeCom's limit of one message. */
const MOST_RECIPIENTS = 1000;

/**
 * Reminds a corp's administrators of what ends, when a rung of the ladder is due: one message a day at most. Decided from
 * the record, and once more after asking WeCom, so that nobody is told of what was renewed a minute ago. That asking reads
 * the whole corp and may take long, so it waits until the record says that somebody may receive the message.
 */
export async function remindCorp(
  deps: Deps,
  { corpId }: { readonly corpId: string },
  signal: AbortSignal,
): Promise<void> {
  const { clock, config, store } = deps;
  const policy = reminderPolicy(deps);
  const corp = await openCorp(deps, corpId);
  if (policy === null || corp === null || !isOfficeTime(clock.now(), policy)) return;
  const open = await findOpenSend(store.db, corpId);
  if (open !== null) return sendCardAgain(deps, corp, open);
  const id = sendId(corpId, clock.now(), policy);
  if (await isSendSpent(store.db, id)) return;
  const record = { licence: await findCorpLicence(store.db, corpId), seats: await listSeats(store.db, corpId) };
  if ((await decide(deps, corpId, record, policy)) === null) return;
  await refreshAdmins(deps, corpId);
  const pools = await readPools(store.db, corpId, clock.now(), config.utcOffsetMinutes);
  if ((await findRecipients(deps, corpId, { ...record, pools })).length === 0) return noteNobody(deps, corpId);

  const overview = await orStop(readWholeOverview(deps, corpId), signal);
  const due = await decide(deps, corpId, overview, policy);
  const userIds = await findRecipients(deps, corpId, overview);
  if (due === null || config.reminders === null) return;
  if (userIds.length === 0) return noteNobody(deps, corpId);
  // Reading a large corp may have taken until the evening; the next working day decides anew.
  if (!isOfficeTime(clock.now(), policy)) return;
  const send = {
    id,
    corp_id: corpId,
    user_ids_json: JSON.stringify(userIds.slice(0, MOST_RECIPIENTS)),
    card_json: JSON.stringify(composeCard(due, clock.now(), { ...config, reminders: config.reminders })),
    first_tried_at_ms: clock.now(),
  };
  const rungs = due.map((one) => ({ key: reminderKey(one), ends_at_ms: one.endsAtMs, count: one.count }));
  if (await store.transaction((trx) => reserveSend(trx, send, rungs))) await sendCard(deps, corp, send);
}

function noteNobody({ log, metrics }: Deps, corpId: string): void {
  metrics.reminder('no_recipient');
  log.info({ corpId }, 'a reminder is due, and no administrator may receive it');
}

/** Null when reminders are switched off. */
export function reminderPolicy({ config }: Deps): ReminderPolicy | null {
  const { reminders, utcOffsetMinutes } = config;
  return reminders && { utcOffsetMinutes, leadWorkingDays: reminders.leadDays, isWorkday };
}

function sendId(corpId: string, nowMs: number, { utcOffsetMinutes }: ReminderPolicy): string {
  return `${corpId}:${localDay(nowMs, utcOffsetMinutes)}`;
}

type Record = Pick<AdminOverview, 'licence' | 'seats'>;
type Due = readonly [Reminder, ...Reminder[]];

async function decide(
  { clock, store }: Deps,
  corpId: string,
  record: Record,
  policy: ReminderPolicy,
): Promise<Due | null> {
  const nowMs = clock.now();
  const told = await listToldRungs(store.db, corpId);
  const [first, ...more] = decideReminders(findEndings(record.licence, record.seats, nowMs), told, nowMs, policy);
  return first === undefined ? null : [first, ...more];
}
