import { activateOpeners } from '../licence/activate-soon';
import { nextSweepAtMs, sweep } from '../licence/nightly';
import { finishPayJob } from '../licence/balance';
import { finishOrder, lapseOrder } from '../licence/orders';
import { finishUnionJob } from '../licence/union';
import { findOrder, getProvider } from '../state/find';
import type { AgendaItem } from '../state/types';
import { pushTicket, ticketIsDue } from '../tokens/suite-ticket';
import type { World } from '../world';

/**
 * Lets everything up to this moment happen, each thing at its own time and in order. A night after which nothing has
 * happened is like the one before: of such nights only the last is lived through, so years cost no more than weeks.
 */
export function runDue(world: World, untilMs: number): void {
  let quiet = false;
  for (;;) {
    const [first] = world.state.agenda;
    const sweepAtMs = nextSweepAtMs(world, quiet ? Math.min(first?.atMs ?? Infinity, untilMs) : null);
    const agendaFirst = first !== undefined && first.atMs <= sweepAtMs;
    const atMs = agendaFirst ? first.atMs : sweepAtMs;
    if (atMs > untilMs) return;
    world.clock.during(atMs, () => {
      quiet = agendaFirst ? false : !sweep(world);
      if (agendaFirst) carryOut(world);
    });
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

function carryOut(world: World): void {
  const item = world.state.agenda.shift();
  if (item) happen(world, item);
}

function happen(world: World, { kind, id }: AgendaItem): void {
  const { unionJobs, payJobs } = world.state;
  switch (kind) {
    case 'codes_ready':
      return ifFound(findOrder(world, id), (order) => finishOrder(world, order));
    case 'order_lapses':
      return ifFound(findOrder(world, id), (order) => lapseOrder(world, order));
    case 'union_job':
      return ifFound(jobOf(unionJobs, id), (job) => finishUnionJob(world, job, getProvider(world, job.providerId)));
    case 'callback':
      return world.release(id);
    case 'pay_job':
      return ifFound(jobOf(payJobs, id), (job) => finishPayJob(world, job, getProvider(world, job.providerId)));
  }
}

function jobOf<T extends { jobId: string }>(jobs: readonly T[], id: string): T | null {
  return jobs.find((job) => job.jobId === id) ?? null;
}

function ifFound<T>(found: T | null, work: (found: T) => void): void {
  if (found) work(found);
}
