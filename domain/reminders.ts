import { localDay, startOfDayMs } from './calendar';

/** What ends: the trial, WeCom's leniency (`license_check_time`), or seats. */
export type EndingKind = 'trial' | 'checking' | 'seats';

/** Something that ends for a corp at one moment. `count`: seats; 1 for the others. */
export type Ending = { readonly kind: EndingKind; readonly endsAtMs: number; readonly count: number };

/** Days before the last day to order on which administrators are reminded. */
export const REMINDER_STEPS = [30, 7, 3, 1] as const;
export type ReminderStep = (typeof REMINDER_STEPS)[number];

/** One rung of the ladder: what ends on a day, and how far ahead it is told. Days count from 1970-01-01 local time. */
export type Reminder = Ending & { readonly endDay: number; readonly orderByDay: number; readonly step: ReminderStep };

export type ReminderPolicy = {
  readonly utcOffsetMinutes: number;
  /** Working days from an order to usable seats. */
  readonly leadWorkingDays: number;
  readonly isWorkday: (day: number) => boolean;
};

/** A message that goes out anyway takes along what would have followed within so many days: seats seldom end together. */
const TAKEN_ALONG_DAYS: Readonly<Record<ReminderStep, number>> = { 30: 7, 7: 1, 3: 0, 1: 0 };

/** Nobody is written to outside these hours of a working day. */
export const OFFICE_HOURS = { from: 9, to: 18 } as const;
const HOUR_MS = 3_600_000;

/** Whether somebody may be written to now: a working day, from nine until six. */
export function isOfficeTime(nowMs: number, { isWorkday, utcOffsetMinutes }: ReminderPolicy): boolean {
  const day = localDay(nowMs, utcOffsetMinutes);
  const intoDayMs = nowMs - startOfDayMs(day, utcOffsetMinutes);
  return isWorkday(day) && intoDayMs >= OFFICE_HOURS.from * HOUR_MS && intoDayMs < OFFICE_HOURS.to * HOUR_MS;
}

/** Names a rung of a corp's ladder: sent once. */
export function reminderKey({ endDay, kind, step }: Pick<Reminder, 'kind' | 'endDay' | 'step'>): string {
  return `${kind}:${endDay}:${step}`;
}

/**
 * The rungs to send now, the nearest end first: of each end the most urgent rung that has come, unless it or a more urgent
 * one was sent. Rungs are counted from the last day on which an order still comes in time, and one that falls on a day off
 * comes on the working day before. What has ended is no matter for a reminder: the gate says it.
 * Nothing when nothing is urgent today; otherwise also what would follow soon.
 */
export function decideReminders(
  endings: readonly Ending[],
  sent: ReadonlySet<string>,
  nowMs: number,
  policy: ReminderPolicy,
): Reminder[] {
  const today = localDay(nowMs, policy.utcOffsetMinutes);
  const groups = groupByDay(endings, nowMs, policy.utcOffsetMinutes).map((group) => ({
    ...group,
    orderByDay: workingDaysBefore(group.endDay, policy.leadWorkingDays, policy.isWorkday),
  }));
  const rungsUntil = (lastDay: (step: ReminderStep) => number): Reminder[] =>
    groups.flatMap((group) => {
      const come = (step: ReminderStep) => lastWorkdayUntil(group.orderByDay - step, policy.isWorkday) <= lastDay(step);
      const step = REMINDER_STEPS.findLast(come);
      if (step === undefined) return [];
      const known = REMINDER_STEPS.some((one) => one <= step && sent.has(reminderKey({ ...group, step: one })));
      return known ? [] : [{ ...group, step }];
    });
  if (rungsUntil(() => today).length === 0) return [];
  return rungsUntil((step) => today + TAKEN_ALONG_DAYS[step]);
}

/** One entry per kind and local day, with its first moment; what has ended left out. */
function groupByDay(endings: readonly Ending[], nowMs: number, utcOffsetMinutes: number) {
  const groups = new Map<string, Ending & { endDay: number }>();
  for (const ending of endings) {
    if (ending.endsAtMs <= nowMs) continue;
    const endDay = localDay(ending.endsAtMs, utcOffsetMinutes);
    const name = `${ending.kind}:${endDay}`;
    const { count, endsAtMs } = groups.get(name) ?? { count: 0, endsAtMs: Number.POSITIVE_INFINITY };
    const group = { ...ending, endDay, count: count + ending.count, endsAtMs: Math.min(endsAtMs, ending.endsAtMs) };
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => a.endsAtMs - b.endsAtMs);
}

/** The day from which `count` whole working days lie before `day`. */
function workingDaysBefore(day: number, count: number, isWorkday: ReminderPolicy['isWorkday']): number {
  let found = day;
  for (let left = count; left > 0;) {
    found -= 1;
    if (isWorkday(found)) left -= 1;
  }
  return found;
}

function lastWorkdayUntil(day: number, isWorkday: ReminderPolicy['isWorkday']): number {
  let found = day;
  while (!isWorkday(found)) found -= 1;
  return found;
}
