import { activateOpeners } from '../licence/opening';
import { nextSweepAtMs, sweep } from '../licence/nightly';
import { lapseOrder, makeCodes } from '../licence/orders';
import type { AgendaItem } from '../state/types';
import { pushTicket, ticketIsDue } from '../tokens/suite-ticket';
import type { World } from '../world';

type Due = { readonly atMs: number; readonly happen: () => void };

/** Lets everything up to this moment happen, each thing at its own time and in order. */
export function runDue(world: World, untilMs: number): void {
  for (;;) {
    const due = nextDue(world);
    if (due.atMs > untilMs) return;
    world.clock.during(due.atMs, due.happen);
  }
}

/**
 * Moves WeCom's time forward, living through what lies between. Of the suite_tickets of that time only the last is
 * pushed: the others would be dead on arrival.
 */
export function moveForward(world: World, toMs: number): void {
  for (const { corpId, suiteId } of [...world.state.openers]) activateOpeners(world, corpId, suiteId);
  runDue(world, toMs);
  world.clock.moveTo(toMs);
}

/** Pushes a suite_ticket for every app whose ten minutes are over. An app that is gone is knocked at from then on. */
export function pushDueTickets(world: World): void {
  for (const suite of world.state.suites) {
    if (!suite.ticketConfirmed || !ticketIsDue(world, suite)) continue;
    pushTicket(world, suite, { onFailed: () => (suite.ticketConfirmed = false) });
  }
}

function nextDue(world: World): Due {
  const sweepDue: Due = { atMs: nextSweepAtMs(world), happen: () => sweep(world) };
  const first = world.state.agenda.reduce<AgendaItem | null>(
    (best, item) => (best && best.atMs <= item.atMs ? best : item),
    null,
  );
  return first && first.atMs <= sweepDue.atMs ? { atMs: first.atMs, happen: () => carryOut(world, first) } : sweepDue;
}

function carryOut(world: World, item: AgendaItem): void {
  world.state.agenda = world.state.agenda.filter((other) => other !== item);
  const order = world.state.orders.find((one) => one.orderId === item.orderId);
  if (!order) return;
  if (item.kind === 'codes_ready') makeCodes(world, order);
  else lapseOrder(order);
}
