import { sendSystem } from '../callbacks/mail';
import { toSeconds } from '../clock';
import { WireError } from '../http/wire-error';
import { findCorp, ordersOfCorp, partsOf } from '../state/find';
import type { Corp, Order, OrderStatus } from '../state/types';
import { plan, strike } from '../time/agenda';
import type { World } from '../world';
import { deliver, takeBack } from './deliver';

/** The buyer pays; what was bought comes `generateMs` later, with the notice of it. Throws 701084. */
export function payOrder(world: World, order: Order, generateMs: number): void {
  if (order.status !== 0) throw new WireError(701084);
  const now = world.clock.now();
  strike(world, 'order_lapses', order.orderId);
  order.payMethod ??= 'console';
  for (const one of [order, ...partsOf(world, order.orderId)]) {
    Object.assign(one, { status: 1, paidAtMs: now, codesAtMs: now + generateMs, payMethod: order.payMethod });
    switchOn(world, one);
    if (generateMs === 0) finishOrder(world, one);
    else plan(world, { atMs: now + generateMs, kind: 'codes_ready', id: one.orderId });
  }
}

/** A multi-corp order switches auto-activation on or off with the payment (page 98887). */
function switchOn(world: World, order: Order): void {
  const corp = order.corpId === null ? null : findCorp(world, order.corpId);
  if (corp && order.autoActivation !== null) corp.autoActivation[order.providerId] = order.autoActivation;
}

/** Paid for, and the money not given back: a refund that is asked for (4) or was refused (6) takes nothing away. */
const STANDING: readonly OrderStatus[] = [1, 4, 6];

/** What was paid for is there from now on; the provider hears of it. A multi-corp order speaks through its parts. */
export function finishOrder(world: World, order: Order): void {
  if (!STANDING.includes(order.status) || order.corpId === null) return;
  deliver(world, order, order.corpId);
  sendSystem(world, order.providerId, order.corpId, 'license_pay_success', {
    InfoType: 'license_pay_success',
    AuthCorpId: order.corpId,
    OrderId: order.orderId,
    BuyerUserId: order.buyerUserId,
    TimeStamp: toSeconds(world.clock.now()),
  });
}

/** `corpId` is left out for a multi-corp order. Throws 701084 (not unpaid), 701085 (being paid), 701086 (not its). */
export function cancelOrder(world: World, order: Order, corpId: string | null): void {
  if (order.corpId !== corpId) throw new WireError(701086);
  if (order.status !== 0) throw new WireError(701084);
  const paying = world.state.payJobs.some((job) => job.orderId === order.orderId && job.status === 2);
  if (paying || order.parentId !== null) throw new WireError(701085);
  close(world, order, 2);
}

/** An unpaid order has stood too long. */
export function lapseOrder(world: World, order: Order): void {
  if (order.status === 0) close(world, order, 3);
}

function close(world: World, order: Order, status: 2 | 3): void {
  strike(world, 'order_lapses', order.orderId);
  for (const one of [order, ...partsOf(world, order.orderId)]) one.status = status;
}

/** Somebody asks for the money back in the provider's console. Throws 701083 when there is none to give. */
export function askRefund(order: Order): void {
  if (order.status !== 1 || order.corpId === null) throw new WireError(701083);
  order.status = 4;
}

/** Refund, decided in the provider's console. What WeCom does to the accounts is not documented: see takeBack. */
export function refundOrder(world: World, order: Order, granted: boolean): void {
  if ((order.status !== 1 && order.status !== 4) || order.corpId === null) throw new WireError(701083);
  order.status = granted ? 5 : 6;
  if (granted) {
    strike(world, 'codes_ready', order.orderId);
    takeBack(world, order);
  }
  sendSystem(world, order.providerId, order.corpId, 'license_refund', {
    InfoType: 'license_refund',
    AuthCorpId: order.corpId,
    OrderId: order.orderId,
    OrderStatus: granted ? 1 : 2,
    TimeStamp: toSeconds(world.clock.now()),
  });
}

/** The corp was taken off the provider's list of test corps, which voids all its test orders (page 97185). */
export function voidTestOrders(world: World, corp: Corp): void {
  for (const order of ordersOfCorp(world, corp.corpId).filter((one) => one.test)) {
    strike(world, 'order_lapses', order.orderId);
    strike(world, 'codes_ready', order.orderId);
    order.status = 7;
    takeBack(world, order);
  }
}

/** Whether this provider ever received money for this corp; a refund does not undo it (page 95873). */
export function everPaid(world: World, providerId: string, corpId: string): boolean {
  return ordersOfCorp(world, corpId).some((order) => order.providerId === providerId && order.codesAtMs !== null);
}

/** Whether what a paid order brings is still being made. */
export function isGenerating(world: World, order: Order): boolean {
  return STANDING.includes(order.status) && order.codesAtMs !== null && order.codesAtMs > world.clock.now();
}
