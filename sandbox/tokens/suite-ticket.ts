import { commandMail, type CallbackMail } from '../callbacks/mail';
import { MINUTE_MS, toSeconds } from '../clock';
import type { Suite } from '../state/types';
import { newId, type World } from '../world';

/** suite_ticket is pushed every 10 minutes and good for 30 (credentials.md section 1). */
export const TICKET_EVERY_MS = 10 * MINUTE_MS;
export const TICKET_LIFE_MS = 30 * MINUTE_MS;

/** Makes a new suite_ticket and pushes it. A push that got no `success` is repeated like any callback. */
export function pushTicket(
  world: World,
  suite: Suite,
  options: Pick<CallbackMail, 'attempts' | 'onDelivered' | 'onFailed'> = {},
): void {
  const now = world.clock.now();
  const value = newId('tkt', 24);
  suite.tickets = [...suite.tickets.filter((ticket) => now - ticket.atMs < TICKET_LIFE_MS), { value, atMs: now }];
  const fields = { InfoType: 'suite_ticket', TimeStamp: toSeconds(now), SuiteTicket: value };
  world.send({ ...commandMail(suite, null, 'suite_ticket', fields), ...options });
}

/** Whether this ticket was pushed within the last half hour. */
export function ticketIsLive(world: World, suite: Suite, value: string): boolean {
  const now = world.clock.now();
  return suite.tickets.some((ticket) => ticket.value === value && now - ticket.atMs < TICKET_LIFE_MS);
}

/** Whether the ten minutes since the newest ticket are over. */
export function ticketIsDue(world: World, suite: Suite): boolean {
  const newest = suite.tickets.at(-1);
  return !newest || world.clock.now() - newest.atMs >= TICKET_EVERY_MS;
}
