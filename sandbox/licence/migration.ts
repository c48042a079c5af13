import { WireError } from '../http/wire-error';
import type { Corp, Order, Provider } from '../state/types';
import { strike } from '../time/agenda';
import type { World } from '../world';
import { deliver } from './deliver';
import { openPurchase, type Wares } from './purchase';

/**
 * A historic corp is migrated (order types 5 and 6): its codes come without a payment, hence without pay_time, and
 * without a notice; from then on it orders like any other.
 */
export function migrate(world: World, provider: Provider, corp: Corp, wares: Wares, type: 5 | 6): Order {
  if (!corp.historic) throw new WireError(40058, 'the corp is not a historic one');
  const order = openPurchase(world, provider, corp, { ...wares, buyerUserId: provider.buyers[0] ?? '' });
  strike(world, 'order_lapses', order.orderId);
  Object.assign(order, { type, status: 1, priceFen: 0, codesAtMs: world.clock.now() });
  deliver(world, order, corp.corpId);
  corp.historic = false;
  corp.checking = { ...corp.checking, status: 1, trial: false };
  return order;
}
