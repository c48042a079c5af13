import { WireError } from '../http/wire-error';
import { installsOfProvider, ordersOfCorp } from '../state/find';
import type { Corp, Order, Provider } from '../state/types';
import type { World } from '../world';
import { requireAppOrder } from './app-order';
import { durationDays, openOrder, priceFen } from './new-order';
import { isGenerating } from './orders';
import { MAX_ACCOUNTS, MAX_ORDER_DAYS, MIN_ORDER_DAYS, SHORT_ORDER_DAYS, TEST_CORP_MAX_ACCOUNTS } from './spans';

export type Wares = Pick<Order, 'baseCount' | 'externalContactCount' | 'months' | 'days'>;

/** Opens an order for one corp (create_new_order). It waits for payment; the next one must wait for it. */
export function createOrder(world: World, provider: Provider, corp: Corp, wares: Wares, buyerUserId: string): Order {
  requireBuyer(provider, buyerUserId);
  requireOrderable(world, provider, corp, wares);
  return openPurchase(world, provider, corp, { ...wares, buyerUserId });
}

export function openPurchase(
  world: World,
  provider: Provider,
  corp: Corp,
  terms: Wares & Pick<Order, 'buyerUserId'> & Partial<Pick<Order, 'parentId' | 'autoActivation'>>,
): Order {
  const price = priceFen(world, terms, durationDays(terms.months, terms.days));
  return openOrder(world, provider, { type: 1, corpId: corp.corpId, test: corp.test, priceFen: price, ...terms });
}

/** buyer_userid and payer_userid are members of the provider's own corp who may buy. */
export function requireBuyer(provider: Provider, userId: string): void {
  if (!provider.buyers.includes(userId)) throw new WireError(40003, 'not a buyer of the provider');
}

/** Everything that is checked about one corp's part before an order is made. Throws the first broken rule. */
export function requireOrderable(world: World, provider: Provider, corp: Corp, wares: Wares): void {
  requireReady(world, provider, corp);
  requireCounts(corp, wares);
  requireAppOrder(world, corp, wares);
  requireNoOpenOrder(world, provider, corp);
}

/** An app of this provider, and no migration of a historic corp outstanding. */
export function requireReady(world: World, provider: Provider, corp: Corp): void {
  if (installsOfProvider(world, corp, provider.corpId).length === 0) throw new WireError(701015);
  if (corp.historic) throw new WireError(701034);
}

function requireCounts(corp: Corp, { baseCount, externalContactCount, months, days }: Wares): void {
  const most = Math.max(baseCount, externalContactCount);
  if (baseCount + externalContactCount === 0 || most > MAX_ACCOUNTS) throw new WireError(40058, 'account_count');
  const length = durationDays(months, days);
  if (length < MIN_ORDER_DAYS || length > MAX_ORDER_DAYS) throw new WireError(40058, 'account_duration');
  if (corp.test && (months !== 1 || days !== 0)) throw new WireError(701028);
  if (corp.test && most > TEST_CORP_MAX_ACCOUNTS) throw new WireError(701027);
  const heads = corp.members.filter((member) => !member.left).length;
  if (!corp.test && length <= SHORT_ORDER_DAYS && most > 2 * heads) throw new WireError(701132);
}

/** One thing at a time: nothing unpaid, nothing being made, nothing being refunded; no test order beside real ones. */
export function requireNoOpenOrder(world: World, provider: Provider, corp: Corp): void {
  const orders = ordersOfCorp(world, corp.corpId).filter((one) => one.providerId === provider.corpId);
  if (orders.some((order) => order.status === 0)) throw new WireError(701032);
  if (orders.some((order) => isGenerating(world, order))) throw new WireError(701033);
  if (orders.some((order) => order.status === 4)) throw new WireError(701037);
  if (corp.test && orders.some((order) => !order.test && order.paidAtMs !== null)) throw new WireError(701035);
}
