import { z } from 'zod';
import type { Router } from '../http/router';
import { activateByType, activate } from '../licence/activate';
import { boundCode, freeCodes, statusOf } from '../licence/codes';
import { setAutoActivation } from '../licence/mount-app';
import { createOrder, payOrder, refundOrder } from '../licence/orders';
import { transfer } from '../licence/transfer';
import { getProvider, getSuite } from '../state/find';
import type { Corp, LicenceType, Order } from '../state/types';
import type { World } from '../world';
import { presentCorp, presentOrder } from './present';
import { ControlError, mountOrder, requireCorp } from './request';

const count = z.number().int().min(0).default(0);
const corpId = z.string().min(1);
/** WeCom sells a million at once; the sandbox keeps every code in memory and shows it. */
const accounts = z.number().int().min(0).max(10_000).default(0);
const NewOrder = z.strictObject({ corpId, base: accounts, externalContact: accounts, months: count, days: count });
const Pay = z.strictObject({ generateSeconds: z.number().min(0).default(0) });
const Refund = z.strictObject({ granted: z.boolean().default(true) });
const Seat = z.strictObject({
  corpId,
  userId: z.string().min(1),
  type: z.union([z.literal(1), z.literal(2)]).default(1),
});
const Transfer = z.strictObject({ corpId, from: z.string().min(1), to: z.string().min(1) });
const Switch = z.strictObject({ corpId, on: z.boolean() });

/** The provider's console: orders, payment, seats by hand, the auto-activation switch. */
export function mountLicences(router: Router, world: World): void {
  mountOrder(router, 'orders', NewOrder, (body) => {
    const corp = requireCorp(world, body.corpId);
    const provider = providerOf(world, corp);
    const order = createOrder(world, provider, corp, {
      buyerUserId: provider.buyers[0] ?? '',
      baseCount: body.base,
      externalContactCount: body.externalContact,
      months: body.months,
      days: body.days,
    });
    return presentOrder(world, order);
  });

  mountOrder(router, 'orders/:id/pay', Pay, (body, { id = '' }) => {
    const order = requireOrder(world, id);
    payOrder(world, order, body.generateSeconds * 1000);
    return presentOrder(world, order);
  });

  mountOrder(router, 'orders/:id/refund', Refund, (body, { id = '' }) => {
    const order = requireOrder(world, id);
    refundOrder(world, order, body.granted);
    return presentOrder(world, order);
  });

  mountOrder(router, 'seats', Seat, (body) => {
    const corp = requireCorp(world, body.corpId);
    activateByHand(world, corp, body.userId, body.type);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'transfers', Transfer, (body) => {
    const corp = requireCorp(world, body.corpId);
    transfer(world, providerOf(world, corp).corpId, corp, body.from, body.to);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'auto-activation', Switch, (body) => {
    const corp = requireCorp(world, body.corpId);
    setAutoActivation(world, providerOf(world, corp), corp, body.on);
    return presentCorp(world, corp);
  });
}

/** As a person at the console would: the next free code, replacing a seat that is about to end. */
function activateByHand(world: World, corp: Corp, userId: string, type: LicenceType): void {
  const provider = providerOf(world, corp).corpId;
  const held = boundCode(world, provider, corp, userId, type);
  const [code] = freeCodes(world, provider, corp.corpId, type);
  if (held && statusOf(held, world.clock.now()) === 2 && code)
    return activate(world, provider, corp, userId, code.code);
  activateByType(world, provider, corp, userId, type);
}

function providerOf(world: World, corp: Corp) {
  return getProvider(world, getSuite(world, corp.suiteId).providerId);
}

function requireOrder(world: World, orderId: string): Order {
  const order = world.state.orders.find((one) => one.orderId === orderId);
  if (!order) throw new ControlError(404, `there is no order ${orderId}`);
  return order;
}
