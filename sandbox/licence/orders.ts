import { sendSystem } from '../callbacks/mail';
import { DAY_MS, toSeconds } from '../clock';
import { WireError } from '../http/wire-error';
import { installsOfProvider } from '../state/find';
import type { Corp, LicenceCode, LicenceType, Order, Provider } from '../state/types';
import { newId, nextSerial, type World } from '../world';
import {
  MAX_ACCOUNTS,
  MAX_ORDER_DAYS,
  MIN_ORDER_DAYS,
  MONTH_DAYS,
  TEST_CORP_MAX_ACCOUNTS,
  UNPAID_LIFE_MS,
} from './spans';

export type Purchase = {
  readonly buyerUserId: string;
  readonly baseCount: number;
  readonly externalContactCount: number;
  readonly months: number;
  readonly days: number;
};

/** Orders up to this long may not exceed twice the head count (701132). */
const SHORT_ORDER_DAYS = 93;
const YEAR_DAYS = 12 * MONTH_DAYS;

/** Opens an order (create_new_order). It waits for payment; the next one must wait for it. */
export function createOrder(world: World, provider: Provider, corp: Corp, purchase: Purchase): Order {
  requireOrderable(world, provider, corp, purchase);
  const now = world.clock.now();
  const order: Order = {
    orderId: `OI${String(nextSerial(world)).padStart(6, '0')}${newId('', 6)}`,
    providerId: provider.corpId,
    corpId: corp.corpId,
    status: 0,
    test: corp.test,
    ...purchase,
    priceFen: priceFen(world, purchase),
    createdAtMs: now,
    paidAtMs: null,
    codesAtMs: null,
  };
  world.state.orders.push(order);
  world.state.agenda.push({ atMs: now + UNPAID_LIFE_MS, kind: 'order_lapses', orderId: order.orderId });
  return order;
}

/** The buyer pays. Codes and the notice of it come once they are made, `generateMs` later. Throws 701084. */
export function payOrder(world: World, order: Order, generateMs: number): void {
  if (order.status !== 0) throw new WireError(701084);
  const now = world.clock.now();
  order.status = 1;
  order.paidAtMs = now;
  order.codesAtMs = now + generateMs;
  if (generateMs === 0) makeCodes(world, order);
  else world.state.agenda.push({ atMs: order.codesAtMs, kind: 'codes_ready', orderId: order.orderId });
}

/** Only while unpaid and not expired. Throws 701084, 701086. */
export function cancelOrder(order: Order, corpId: string): void {
  if (order.corpId !== corpId) throw new WireError(701086);
  if (order.status !== 0) throw new WireError(701084);
  order.status = 2;
}

/** Refund, decided in the provider's console. Unbound codes die, bound ones end now (what WeCom does is not documented). */
export function refundOrder(world: World, order: Order, granted: boolean): void {
  if (order.status !== 1) throw new WireError(701084, 'order is not paid');
  const now = world.clock.now();
  order.status = granted ? 5 : 6;
  if (granted) for (const code of world.state.codes.filter((one) => one.orderId === order.orderId)) endCode(code, now);
  sendSystem(world, order.providerId, order.corpId, 'license_refund', {
    InfoType: 'license_refund',
    AuthCorpId: order.corpId,
    OrderId: order.orderId,
    OrderStatus: granted ? 1 : 2,
    TimeStamp: toSeconds(now),
  });
}

/** An unpaid order has stood too long. */
export function lapseOrder(order: Order): void {
  if (order.status === 0) order.status = 3;
}

/** The codes of a paid order exist from now on; the provider hears of it. */
export function makeCodes(world: World, order: Order): void {
  if (order.status !== 1) return;
  const add = (type: LicenceType, count: number) => {
    for (let number = 0; number < count; number += 1) world.state.codes.push(newCode(world, order, type));
  };
  add(1, order.baseCount);
  add(2, order.externalContactCount);
  sendSystem(world, order.providerId, order.corpId, 'license_pay_success', {
    InfoType: 'license_pay_success',
    AuthCorpId: order.corpId,
    OrderId: order.orderId,
    BuyerUserId: order.buyerUserId,
    TimeStamp: toSeconds(world.clock.now()),
  });
}

/** Whether this provider ever received money for this corp; a refund does not undo it (page 95873). */
export function everPaid(world: World, providerId: string, corpId: string): boolean {
  return world.state.orders.some(
    (order) => order.providerId === providerId && order.corpId === corpId && order.paidAtMs !== null,
  );
}

/** Whether the codes of a paid order are still being made. */
export function isGenerating(world: World, order: Order): boolean {
  return order.status === 1 && order.codesAtMs !== null && order.codesAtMs > world.clock.now();
}

export const durationDays = (months: number, days: number): number => months * MONTH_DAYS + days;

function requireOrderable(world: World, provider: Provider, corp: Corp, purchase: Purchase): void {
  if (installsOfProvider(world, corp, provider.corpId).length === 0) throw new WireError(701015);
  if (!provider.buyers.includes(purchase.buyerUserId))
    throw new WireError(40003, 'buyer_userid must be of the provider');
  requireCounts(corp, purchase);
  requireNoOpenOrder(world, provider, corp);
}

function requireCounts(corp: Corp, { baseCount, externalContactCount, months, days }: Purchase): void {
  const most = Math.max(baseCount, externalContactCount);
  if (baseCount + externalContactCount === 0 || most > MAX_ACCOUNTS) throw new WireError(40058, 'account_count');
  const length = durationDays(months, days);
  if (length < MIN_ORDER_DAYS || length > MAX_ORDER_DAYS) throw new WireError(40058, 'account_duration');
  if (corp.test && (months !== 1 || days !== 0)) throw new WireError(701028);
  if (corp.test && most > TEST_CORP_MAX_ACCOUNTS) throw new WireError(701027);
  const heads = corp.members.filter((member) => !member.left).length;
  if (!corp.test && length <= SHORT_ORDER_DAYS && most > 2 * heads) throw new WireError(701132);
}

function requireNoOpenOrder(world: World, provider: Provider, corp: Corp): void {
  const orders = world.state.orders.filter((one) => one.corpId === corp.corpId && one.providerId === provider.corpId);
  if (orders.some((order) => order.status === 0)) throw new WireError(701032);
  if (orders.some((order) => isGenerating(world, order))) throw new WireError(701033);
  if (orders.some((order) => order.status === 4)) throw new WireError(701037);
}

/** Proportional to the time bought, at made-up yearly prices (rules.md section 2 knows no verified ones). */
function priceFen(world: World, { baseCount, externalContactCount, months, days }: Purchase): number {
  const { base, externalContact } = world.state.settings.yearlyPriceFen;
  const yearly = baseCount * base + externalContactCount * externalContact;
  return Math.round((yearly * durationDays(months, days)) / YEAR_DAYS);
}

function newCode(world: World, order: Order, type: LicenceType): LicenceCode {
  return {
    code: `L${type}${newId('', 12)}`,
    orderId: order.orderId,
    providerId: order.providerId,
    corpId: order.corpId,
    type,
    createdAtMs: world.clock.now(),
    durationMs: durationDays(order.months, order.days) * DAY_MS,
    userId: null,
    activeAtMs: null,
    expiresAtMs: null,
    waitingSinceMs: null,
    mergedInto: null,
    mergedFrom: null,
    voided: false,
    movedInServiceAtMs: null,
  };
}

function endCode(code: LicenceCode, nowMs: number): void {
  if (code.userId === null) code.voided = true;
  else if (code.mergedInto === null) code.expiresAtMs = Math.min(code.expiresAtMs ?? nowMs, nowMs);
}
