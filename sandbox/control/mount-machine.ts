import { z } from 'zod';
import type { Announcer } from '../callbacks/announce';
import { checkUrls } from '../callbacks/check-urls';
import type { Router } from '../http/router';
import { INTERCEPTIONS, type Fault, type State } from '../state/types';
import { pushTicket } from '../tokens/suite-ticket';
import type { World } from '../world';
import { presentState } from './present';
import { ControlError, mountOrder, mountQuestion } from './request';

const Settings = z.strictObject({
  interception: z.enum(INTERCEPTIONS).optional(),
  ipAllowList: z.array(z.string()).nullable().optional(),
  yearlyPriceFen: z.strictObject({ base: z.number().int(), externalContact: z.number().int() }).optional(),
  jobSeconds: z.number().int().min(0).max(86_400).optional(),
});
const FaultOrder = z.strictObject({
  endpoint: z.string().regex(/^(\*|\/.*)$/, 'a path like /cgi-bin/license/get_order, a prefix ending in *, or *'),
  kind: z.enum(['down', 'reset', 'timeout', 'slow', 'errcode']),
  errcode: z.number().int().optional(),
  ms: z.number().int().min(0).max(600_000).optional(),
  times: z.number().int().min(1).optional(),
});
const Faults = z.union([z.strictObject({ clear: z.literal(true) }), FaultOrder]);
const Named = z.strictObject({ name: z.string().min(1).max(64).default('last') });
const Nothing = z.strictObject({});
const OneSuite = z.strictObject({ suiteId: z.string().optional() });

/** What only the running sandbox can do. */
export type Machine = {
  /** Puts another memory in place of the present one, clock included. */
  replaceState(state: State): void;
  /** A first-day memory, with the samples if the sandbox has them. */
  startOver(): void;
  readonly announcer: Announcer;
};

/** State as a whole, settings, faults, tickets and memory. */
export function mountMachine(router: Router, world: World, machine: Machine): void {
  const snapshots = new Map<string, State>();
  mountQuestion(router, 'state', () => presentState(world));

  mountOrder(router, 'settings', Settings, (body) => Object.assign(world.state.settings, dropUndefined(body)));

  mountOrder(router, 'faults', Faults, (body) => {
    if ('clear' in body) world.state.faults = [];
    else world.state.faults.push(faultOf(body));
    return { faults: world.state.faults };
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
    snapshots.set(name, structuredClone({ ...world.state, nowMs: world.clock.now() }));
    return { name };
  });

  mountOrder(router, 'restore', Named, ({ name }) => {
    const kept = snapshots.get(name);
    if (!kept) throw new ControlError(404, `there is no snapshot ${name}`);
    machine.replaceState(structuredClone(kept));
    return { now: world.clock.now() };
  });

  mountOrder(router, 'reset', Nothing, () => {
    machine.startOver();
    return { now: world.clock.now() };
  });
}

function faultOf(order: z.infer<typeof FaultOrder>): Fault {
  const { endpoint, kind, errcode, ms, times } = order;
  if (kind === 'errcode' && errcode === undefined) throw new ControlError(400, 'a fault of kind errcode needs errcode');
  return { endpoint, kind, errcode: errcode ?? null, ms: ms ?? null, times: times ?? null };
}

function dropUndefined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
