import { z } from 'zod';
import type { Announcer } from '../callbacks/announce';
import { checkUrls } from '../callbacks/check-urls';
import { toldTime } from '../clock';
import type { Router } from '../http/router';
import type { Snapshots } from '../state/snapshots';
import { INTERCEPTIONS, type State } from '../state/types';
import { pushTicket } from '../tokens/suite-ticket';
import type { World } from '../world';
import { presentState } from './present';
import { ControlError, mountOrder, mountQuestion } from './request';

const limit = z.number().int().min(0);
const Settings = z.strictObject({
  interception: z.enum(INTERCEPTIONS).optional(),
  ipAllowList: z.array(z.string()).nullable().optional(),
  yearlyPriceFen: z.strictObject({ base: z.number().int(), externalContact: z.number().int() }).optional(),
  rateLimit: z
    .strictObject({
      perMinute: limit.default(10_000),
      perHour: limit.default(150_000),
      parallel: limit.default(1000),
      addressPerMinute: limit.default(40_000),
      addressPerHour: limit.default(1_200_000),
      ticketsPerCorpHour: limit.default(400),
      ticketsPerAppHour: limit.default(100),
    })
    .nullable()
    .optional(),
  clockSkewMs: z.number().int().optional(),
  jobSeconds: z.number().int().min(0).max(86_400).optional(),
});
const Named = z.strictObject({ name: z.string().min(1).max(64).default('last') });
const Nothing = z.strictObject({});
const OneSuite = z.strictObject({ suiteId: z.string().optional() });

/** What only the running sandbox can do. */
export type Machine = {
  /** Puts another memory in place of the present one, clock included. */
  replaceState(state: State): void;
  /** A first-day memory, with the samples if the sandbox has them. */
  startOver(): void;
  /** Tells those who follow the clock what time it is, before they would hear it anyway. */
  tellTime(): void;
  readonly snapshots: Snapshots;
  readonly announcer: Announcer;
};

/** State as a whole, settings, tickets and memory. */
export function mountMachine(router: Router, world: World, machine: Machine): void {
  mountQuestion(router, 'state', () => presentState(world));

  mountOrder(router, 'settings', Settings, (body) => {
    Object.assign(world.state.settings, dropUndefined(body));
    if (body.clockSkewMs !== undefined) machine.tellTime();
    return world.state.settings;
  });

  mountOrder(router, 'suite-ticket', OneSuite, ({ suiteId }) => {
    for (const suite of world.state.suites.filter((one) => suiteId === undefined || one.suiteId === suiteId)) {
      pushTicket(world, suite, { onDelivered: () => (suite.ticketConfirmed = true) });
    }
  });

  mountOrder(router, 'verify-urls', OneSuite, ({ suiteId }) => checkUrls(world, suiteId ?? null));

  mountOrder(router, 'redeliver', Nothing, () => {
    machine.announcer.startOver();
    machine.announcer.knock();
  });

  mountOrder(router, 'snapshot', Named, ({ name }) => {
    machine.snapshots.keep(name, { ...world.state, nowMs: world.clock.now() });
    return { name };
  });

  mountOrder(router, 'restore', Named, ({ name }) => {
    const kept = machine.snapshots.find(name);
    if (!kept) throw new ControlError(404, `there is no snapshot ${name}`);
    machine.replaceState(kept);
    return { now: toldTime(world) };
  });

  mountOrder(router, 'reset', Nothing, () => {
    machine.startOver();
    return { now: toldTime(world) };
  });
}

function dropUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
