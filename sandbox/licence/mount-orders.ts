import { z } from 'zod';
import { toSeconds } from '../clock';
import { DONE, parseBody, type Answer, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { codesOfOrder, ordersOfCorp, peekCorp } from '../state/find';
import type { LicenceCode, Order, Provider } from '../state/types';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { linkWarning } from './app-order';
import { crowdThen } from './crowd';
import { describeOrder, requireOrder } from './order-view';
import { cancelOrder, isGenerating } from './orders';
import { PageRequest, pageOf, type Listing } from './paging';
import { createOrder } from './purchase';
import { AccountCount, AccountDuration, requireCustomer } from './request';
import { LIST_SPAN_MS } from './spans';

const NewOrder = z.object({
  corpid: z.string(),
  buyer_userid: z.string(),
  account_count: AccountCount,
  account_duration: AccountDuration,
});
const ListOrders = PageRequest.extend({
  corpid: z.string().optional(),
  start_time: z.number().int().optional(),
  end_time: z.number().int().optional(),
});
const OneOrder = z.object({ order_id: z.string() });
const OrderAccounts = PageRequest.extend({ order_id: z.string() });
const CancelOrder = z.object({ order_id: z.string(), corpid: z.string().nullish() });

/** Orders for one corp, and reading any (licence-api.md sections 3.1 and 3.3 to 3.6). */
export function mountOrders(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/create_new_order', (call) => {
    const request = parseBody(NewOrder, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const wares = { ...request.account_count, ...request.account_duration };
    const order = createOrder(world, provider, corp, wares, request.buyer_userid);
    return { order_id: order.orderId, ...linkWarning(corp) };
  });

  wire.post('/cgi-bin/license/list_order', (call) => listOrders(world, call));
  wire.post('/cgi-bin/license/get_order', (call) => {
    const provider = requireProviderToken(world, call);
    const order = requireOrder(world, provider, parseBody(OneOrder, call).order_id);
    if (order.corpId === null) throw new WireError(701120);
    return { order: describeOrder(order) };
  });

  wire.post('/cgi-bin/license/list_order_account', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(OrderAccounts, call);
    const order = requireOrder(world, provider, request.order_id);
    if (order.corpId === null) throw new WireError(701120);
    if (isGenerating(world, order)) throw new WireError(701022);
    const { items, paging } = pageOf(accountsOf(world, order), request);
    return { account_list: items, ...paging };
  });

  wire.post('/cgi-bin/license/cancel_order', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(CancelOrder, call);
    cancelOrder(world, requireOrder(world, provider, request.order_id), request.corpid ?? null);
    return DONE;
  });
}

/** Codes of a purchase, members of a renewal; nothing before the payment. Copies downstream are the same codes. */
function accountsOf(world: World, order: Order): Listing<Answer> {
  if (order.codesAtMs === null) return [];
  if (order.type === 2) return order.renewals.map(({ userId, type }) => ({ userid: userId, type }));
  const present = (code: LicenceCode): Answer => ({ active_code: code.code, type: code.type });
  const own = codesOfOrder(world, order.orderId).filter((code) => code.sharedFrom === null);
  const corp = peekCorp(world, order.corpId ?? '');
  return corp?.crowd?.orderId === order.orderId ? crowdThen(corp, present, own.map(present)) : own.map(present);
}

/** By order time, at most 31 days at once; a test corp's list holds its test orders only, all others real ones. */
function listOrders(world: World, call: Call) {
  const provider = requireProviderToken(world, call);
  const request = parseBody(ListOrders, call);
  const corp = request.corpid === undefined ? null : peekCorp(world, request.corpid);
  if (request.corpid !== undefined && !corp) throw new WireError(40013);
  const within = timeFilter(request.start_time, request.end_time);
  const orders = listed(world, provider, corp?.corpId ?? null).filter(
    (order) => order.test === (corp?.test ?? false) && within(toSeconds(order.createdAtMs)),
  );
  const { items, paging } = pageOf(orders, request);
  return { order_list: items.map((order) => ({ order_id: order.orderId, order_type: order.type })), ...paging };
}

/** A multi-corp order is listed as a whole, and only where no corp is named (page 97184). */
function listed(world: World, provider: Provider, corpId: string | null): readonly Order[] {
  const orders = corpId === null ? world.state.orders : ordersOfCorp(world, corpId);
  return orders.filter((order) => order.providerId === provider.corpId && order.parentId === null);
}

function timeFilter(from: number | undefined, to: number | undefined): (seconds: number) => boolean {
  if ((from === undefined) !== (to === undefined)) throw new WireError(40058, 'start_time and end_time go together');
  if (from === undefined || to === undefined) return () => true;
  if (to < from || to - from > LIST_SPAN_MS / 1000)
    throw new WireError(40058, 'start_time to end_time: at most 31 days');
  return (seconds) => seconds >= from && seconds <= to;
}
