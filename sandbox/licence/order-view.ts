import { toSeconds } from '../clock';
import type { Answer } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findOrder } from '../state/find';
import type { Order, Provider } from '../state/types';
import type { World } from '../world';

/** An order of this provider, or 701005. */
export function requireOrder(world: World, provider: Provider, orderId: string): Order {
  const order = findOrder(world, orderId);
  if (order?.providerId !== provider.corpId) throw new WireError(701005);
  return order;
}

/** An order as get_order tells it (page 97185). A migration has no pay_time. */
export function describeOrder(order: Order): Answer {
  return {
    order_id: order.orderId,
    order_type: order.type,
    order_status: order.status,
    ...(order.corpId !== null && { corpid: order.corpId }),
    price: order.priceFen,
    ...(order.corpId !== null && describeWares(order)),
    create_time: toSeconds(order.createdAtMs),
    ...(order.paidAtMs !== null && { pay_time: toSeconds(order.paidAtMs) }),
  };
}

/** Counts and duration; of the duration only what was ordered is there. */
export function describeWares(order: Order): Answer {
  return {
    account_count: { base_count: order.baseCount, external_contact_count: order.externalContactCount },
    account_duration: {
      ...(order.months > 0 && { months: order.months }),
      ...(order.days > 0 && { days: order.days }),
      ...(order.newExpiresAtMs !== null && { new_expire_time: toSeconds(order.newExpiresAtMs) }),
    },
  };
}
