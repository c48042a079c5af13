import { createCorp } from '../corps/corps';
import { DAY_MS } from '../clock';
import { authorise } from '../install/authorise';
import { openPurchase } from '../licence/purchase';
import { durationDays } from '../licence/new-order';
import { findInstall, getProvider, getSuite } from '../state/find';
import { strike } from '../time/agenda';
import type { World } from '../world';

const BOUGHT_DAYS_AGO = 100;
const TERMS = { externalContactCount: 0, months: 12, days: 0 };

/** Corps with the app and this many bound seats each, silently, with what their permanent codes are. */
export function seedCrowds(world: World, corps: number, seats: number) {
  const quiet: World = { ...world, send: () => undefined };
  const boughtAtMs = world.clock.now() - BOUGHT_DAYS_AGO * DAY_MS;
  return world.clock.during(boughtAtMs, () =>
    Array.from({ length: corps }, (_, index) => seedCrowd(quiet, `群企业${index + 1}`, seats, boughtAtMs)),
  );
}

function seedCrowd(world: World, name: string, seats: number, boughtAtMs: number) {
  const corp = createCorp(world, { name, members: ['成员甲', '管理员'] });
  const suite = getSuite(world, corp.suiteId);
  const provider = getProvider(world, suite.providerId);
  authorise(world, corp, suite, null);
  const order = openPurchase(world, provider, corp, {
    ...TERMS,
    baseCount: seats,
    buyerUserId: provider.buyers[0] ?? '',
  });
  strike(world, 'order_lapses', order.orderId);
  Object.assign(order, { status: 1, paidAtMs: boughtAtMs, codesAtMs: boughtAtMs, payMethod: 'console' });
  const durationMs = durationDays(TERMS.months, TERMS.days) * DAY_MS;
  corp.crowd = { count: seats, orderId: order.orderId, providerId: provider.corpId, boughtAtMs, durationMs };
  const install = findInstall(corp, suite.suiteId);
  return { corpId: corp.corpId, agentId: install?.agentId ?? 0, permanentCode: install?.permanentCode ?? '' };
}
