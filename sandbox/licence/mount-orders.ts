import { z } from 'zod';
import { toSeconds } from '../clock';
import { DONE, parseBody, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findCorp } from '../state/find';
import type { Order, Provider } from '../state/types';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { cancelOrder, createOrder, isGenerating } from './orders';
import { PageRequest, pageOf } from './paging';
import { requireCustomer } from './request';
import { LIST_SPAN_MS } from './spans';

const count = z.number().int().min(0).default(0);
const NewOrder = z.object({
  corpid: z.string(),
  buyer_userid: z.string(),
  account_count: z.object({ base_count: count, external_contact_count: count }),
  account_duration: z.object({ months: count, days: count }),
});
const ListOrders = PageRequest.extend({
  corpid: z.string().optional(),
  start_time: z.number().int().optional(),
  end_time: z.number().int().optional(),
});
const OneOrder = z.object({ order_id: z.string() });
const OrderAccounts = PageRequest.extend({ order_id: z.string() });
const CancelOrder = z.object({ order_id: z.string(), corpid: z.string() });

/** 1: purchase (order_type). Renewal and multi-corp orders are not played. */
const PURCHASE = 1;

/** Orders (licence-api.md section 3). */
export function mountOrders(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/create_new_order', (call) => {
    const request = parseBody(NewOrder, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const order = createOrder(world, provider, corp, {
      buyerUserId: request.buyer_userid,
      baseCount: request.account_count.base_count,
      externalContactCount: request.account_count.external_contact_count,
      months: request.account_duration.months,
      days: request.account_duration.days,
    });
    return { order_id: order.orderId };
  });

  wire.post('/cgi-bin/license/list_order', (call) => listOrders(world, call));
  wire.post('/cgi-bin/license/get_order', (call) => {
    const provider = requireProviderToken(world, call);
    return { order: describeOrder(requireOrder(world, provider, parseBody(OneOrder, call).order_id)) };
  });

  wire.post('/cgi-bin/license/list_order_account', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(OrderAccounts, call);
    const order = requireOrder(world, provider, request.order_id);
    if (isGenerating(world, order)) throw new WireError(701022);
    const codes = world.state.codes.filter((code) => code.orderId === order.orderId);
    const { items, paging } = pageOf(codes, request);
    return { account_list: items.map((code) => ({ active_code: code.code, type: code.type })), ...paging };
  });

  wire.post('/cgi-bin/license/cancel_order', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(CancelOrder, call);
    cancelOrder(requireOrder(world, provider, request.order_id), request.corpid);
    return DONE;
  });
}

/** By order time, at most 31 days at once; a test corp's list holds its test orders only, all others real ones. */
function listOrders(world: World, call: Call) {
  const provider = requireProviderToken(world, call);
  const request = parseBody(ListOrders, call);
  const corp = request.corpid === undefined ? null : findCorp(world, request.corpid);
  if (request.corpid !== undefined && !corp) throw new WireError(40013);
  const within = timeFilter(request.start_time, request.end_time);
  const orders = world.state.orders
    .filter((order) => order.providerId === provider.corpId && order.test === (corp?.test ?? false))
    .filter((order) => (!corp || order.corpId === corp.corpId) && within(toSeconds(order.createdAtMs)));
  const { items, paging } = pageOf(orders, request);
  return { order_list: items.map((order) => ({ order_id: order.orderId, order_type: PURCHASE })), ...paging };
}

function timeFilter(from: number | undefined, to: number | undefined): (seconds: number) => boolean {
  if ((from === undefined) !== (to === undefined)) throw new WireError(40058, 'start_time and end_time go together');
  if (from === undefined || to === undefined) return () => true;
  if (to < from || to - from > LIST_SPAN_MS / 1000)
    throw new WireError(40058, 'start_time to end_time: at most 31 days');
  return (seconds) => seconds >= from && seconds <= to;
}

function requireOrder(world: World, provider: Provider, orderId: string): Order {
  const order = world.state.orders.find((one) => one.orderId === orderId && one.providerId === provider.corpId);
  if (!order) throw new WireError(701005);
  return order;
}

function describeOrder(order: Order) {
  return {
    order_id: order.orderId,
    order_type: PURCHASE,
    order_status: order.status,
    corpid: order.corpId,
    price: order.priceFen,
    account_count: { base_count: order.baseCount, external_contact_count: order.externalContactCount },
    account_duration: {
      ...(order.months > 0 && { months: order.months }),
      ...(order.days > 0 && { days: order.days }),
    },
    create_time: toSeconds(order.createdAtMs),
    ...(order.paidAtMs !== null && { pay_time: toSeconds(order.paidAtMs) }),
  };
}
