import { DAY_MS } from '../clock';
import { authorise, cancel } from '../install/authorise';
import { activateByType } from '../licence/activate';
import { setAutoActivation } from '../licence/mount-app';
import { payOrder } from '../licence/orders';
import { createOrder } from '../licence/purchase';
import { findInstall, getProvider, getSuite } from '../state/find';
import type { Corp } from '../state/types';
import type { World } from '../world';

/** A corp's past, told with the very functions that a real life cycle uses. Days count back from now. */
export type Story = {
  install(daysAgo: number): void;
  uninstall(daysAgo: number): void;
  buy(daysAgo: number, order: { base: number; months: number; days: number }): void;
  autoActivation(daysAgo: number, on: boolean): void;
  /** The n-th member gets a seat by hand. */
  seat(daysAgo: number, member: number): void;
  /** license_status 0: WeCom does not check this corp (yet). */
  leaveUnchecked(): void;
};

export function createStory(world: World, corp: Corp): Story {
  const suite = getSuite(world, corp.suiteId);
  const provider = getProvider(world, suite.providerId);
  const now = world.clock.now();
  const on = (daysAgo: number, step: () => void) => world.clock.during(now - daysAgo * DAY_MS, step);
  return {
    install: (daysAgo) => on(daysAgo, () => void authorise(world, corp, suite, null)),
    uninstall: (daysAgo) =>
      on(daysAgo, () => {
        const install = findInstall(corp, suite.suiteId);
        if (install) cancel(world, corp, suite, install);
      }),
    buy: (daysAgo, { base, months, days }) =>
      on(daysAgo, () => {
        const buyerUserId = provider.buyers[0] ?? '';
        const wares = { baseCount: base, externalContactCount: 0, months, days };
        const order = createOrder(world, provider, corp, wares, buyerUserId);
        payOrder(world, order, 0);
      }),
    autoActivation: (daysAgo, wanted) => on(daysAgo, () => setAutoActivation(world, provider, corp, wanted)),
    seat: (daysAgo, member) =>
      on(daysAgo, () => activateByType(world, provider.corpId, corp, corp.members[member - 1]?.userId ?? '', 1)),
    leaveUnchecked: () => {
      corp.checking = { status: 0, trial: false, checkAtMs: null };
    },
  };
}
