import type { Deps } from '../deps';
import { isJobWaiting } from '../store/jobs';
import type { JobKind, PayloadOf } from './kinds';
import { enqueueJob, QUEUE } from './queue';
import { NIGHT } from './plan-corps';
import type { Round } from './rounds';
import { dailyAt, everyMinutes, type Slots } from './slots';

/** Kinds that need to know nothing. */
type PlainKind = { [K in JobKind]: Record<string, never> extends PayloadOf<K> ? K : never }[JobKind];
export type Schedule = { readonly kind: PlainKind; readonly slots: Slots };

/** What comes round by the business clock, once per slot whatever the number of instances. */
export const schedules: readonly Schedule[] = [
  { kind: 'sweep', slots: everyMinutes(10) },
  { kind: 'watch-suite-ticket', slots: everyMinutes(5) },
  { kind: 'plan-trials', slots: everyMinutes(10, 3) },
  { kind: 'plan-orders', slots: everyMinutes(10, 1) },
  { kind: 'follow-ends', slots: everyMinutes(10, 6) },
  { kind: 'plan-reconciliation', slots: dailyAt(NIGHT.fromHour) },
  { kind: 'ask-closed-corps', slots: everyMinutes(10, 8) },
  { kind: 'forget-corps', slots: dailyAt(4, 30) },
  { kind: 'forget-strays', slots: dailyAt(4, 45) },
  // Not on the full and the half hour, when everybody sends.
  { kind: 'plan-reminders', slots: everyMinutes(30, 10) },
];

/** Returns the round that puts the job of each newest slot into the queue. */
export function keepSchedule(all: readonly Schedule[] = schedules): Round {
  const settled = new Map<JobKind, number>();
  return {
    name: 'schedule',
    everyMs: 2000,
    run: async (deps) => {
      for (const { kind, slots } of all) {
        const slotMs = slots(deps.clock.now(), deps.config.utcOffsetMinutes);
        if (settled.get(kind) === slotMs) continue;
        const asked = await askForSlot(deps, kind, slotMs);
        if (asked !== 'busy') settled.set(kind, slotMs);
        if (asked === 'asked') deps.events.jobDue(QUEUE);
      }
    },
  };
}

/**
 * The slot is the key, so that instances ask for it once. Only the newest slot counts: after a night without a server, or
 * a clock that jumped a year, the job runs once. While one of its kind has not ended the next is not asked for.
 */
async function askForSlot({ store }: Deps, kind: PlainKind, slotMs: number): Promise<'busy' | 'asked' | 'known'> {
  const key = new Date(slotMs).toISOString();
  return store.transaction(async (trx) => {
    if (await isJobWaiting(trx, kind)) return 'busy';
    return (await enqueueJob(trx, { kind, key, payload: {}, runAtMs: slotMs })) ? 'asked' : 'known';
  });
}
