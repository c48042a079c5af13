import { startOfDayMs } from '../../domain/calendar';
import type { Reminder } from '../../domain/reminders';
import type { Config } from '../config';
import { createPhrases } from '../http/present/phrases';
import type { Card } from '../wecom/message';
import { speak } from '../words';

/** A card takes six rows; one is kept for the last day to order. */
const ROWS = 5;

type Settings = Pick<Config, 'publicUrl' | 'appName' | 'utcOffsetMinutes'> & {
  readonly reminders: NonNullable<Config['reminders']>;
};

/** One card that says what ends when, nearest first, by when to order, and leads to the licence page. */
export function composeCard(reminders: readonly [Reminder, ...Reminder[]], nowMs: number, settings: Settings): Card {
  const say = speak(settings.reminders.language);
  const phrases = createPhrases(say, nowMs, settings);
  const [first] = reminders;
  const date = phrases.date(first.endsAtMs);
  const [shown, later] = [reminders.slice(0, ROWS), reminders.slice(ROWS)];
  // The last row says the rest in one number.
  const rest = later.length > 0 ? [...shown.splice(ROWS - 1), ...later] : [];
  const more = rest.reduce((sum, { count }) => sum + count, 0);
  const rows = shown.map(({ count: n, endsAtMs, kind }) => ({
    label: say(`reminder.row.${kind}`),
    value:
      kind === 'seats' ? say('reminder.value.seats', { date: phrases.date(endsAtMs), n }) : phrases.moment(endsAtMs),
  }));
  const orderBy = phrases.date(startOfDayMs(first.orderByDay, settings.utcOffsetMinutes));
  return {
    kind: 'notice',
    source: { text: settings.appName },
    title: say(`reminder.title.${first.kind}`, { date, n: first.count }),
    description: say(`reminder.sentence.${first.kind}`),
    rows: [
      ...rows,
      ...(more > 0 ? [{ label: say('reminder.row.more'), value: say('reminder.value.more', { n: more }) }] : []),
      { label: say('reminder.row.order_by'), value: orderBy },
    ],
    links: [{ title: say('reminder.open'), url: `${settings.publicUrl}/admin?from=card` }],
    url: `${settings.publicUrl}/admin?from=card`,
  };
}
