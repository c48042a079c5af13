import type { Order, Provider } from '../state/types';
import { plan } from '../time/agenda';
import { newId, nextSerial, type World } from '../world';
import { MONTH_DAYS, UNPAID_LIFE_MS } from './spans';

const YEAR_DAYS = 12 * MONTH_DAYS;

export type OrderTerms = Pick<Order, 'type' | 'corpId' | 'test' | 'buyerUserId' | 'priceFen'> &
  Partial<
    Pick<
      Order,
      | 'parentId'
      | 'baseCount'
      | 'externalContactCount'
      | 'months'
      | 'days'
      | 'newExpiresAtMs'
      | 'renewals'
      | 'autoActivation'
    >
  >;

/** Puts an order in the books. It waits for payment, for a time; its parts wait with the order they belong to. */
export function openOrder(world: World, provider: Provider, terms: OrderTerms): Order {
  const now = world.clock.now();
  const order: Order = {
    orderId: `OI${String(nextSerial(world)).padStart(6, '0')}${newId('', 6)}`,
    providerId: provider.corpId,
    parentId: null,
    status: 0,
    baseCount: 0,
    externalContactCount: 0,
    months: 0,
    days: 0,
    newExpiresAtMs: null,
    renewals: [],
    autoActivation: null,
    ...terms,
    payMethod: null,
    createdAtMs: now,
    paidAtMs: null,
    codesAtMs: null,
  };
  world.state.orders.push(order);
  if (order.parentId === null) plan(world, { atMs: now + UNPAID_LIFE_MS, kind: 'order_lapses', id: order.orderId });
  return order;
}

export const durationDays = (months: number, days: number): number => months * MONTH_DAYS + days;

export type Counts = { readonly baseCount: number; readonly externalContactCount: number };

/** Proportional to the days bought, at made-up yearly prices (WeCom's own are not known for sure). */
export function priceFen(world: World, { baseCount, externalContactCount }: Counts, days: number): number {
  const { base, externalContact } = world.state.settings.yearlyPriceFen;
  return Math.round(((baseCount * base + externalContactCount * externalContact) * days) / YEAR_DAYS);
}
