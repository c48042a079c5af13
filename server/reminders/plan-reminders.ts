import { DAY_MS } from '../../domain/calendar';
import { isOfficeTime } from '../../domain/reminders';
import type { Deps } from '../deps';
import { enqueueJob } from '../jobs/queue';
import { spreadMs } from '../jobs/spread';
import { listCorpsWithEnds } from '../store/reminders';
import { reminderPolicy } from './remind-corp';

/** Beyond the earliest rung, whatever the time an order takes and the holidays in between. */
const HORIZON_MS = 120 * DAY_MS;
const SPREAD_MS = 5 * 60_000;

/** Asks for a look at every corp for which something ends in the coming months; during office hours only. */
export async function planReminders(deps: Deps): Promise<void> {
  const policy = reminderPolicy(deps);
  const nowMs = deps.clock.now();
  if (policy === null || !isOfficeTime(nowMs, policy)) return;
  for (const corpId of await listCorpsWithEnds(deps.store.db, nowMs, nowMs + HORIZON_MS)) {
    const runAtMs = nowMs + spreadMs(corpId, SPREAD_MS);
    await enqueueJob(deps.store.db, {
      kind: 'remind-corp',
      key: corpId,
      corpId,
      payload: { corpId },
      runAtMs,
      again: true,
    });
  }
}
