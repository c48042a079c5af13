import { z } from 'zod';
import { checkAsked, checkIds } from './asked';
import type { LicenceOrder, Wecom } from './client';
import type { LicenceCall } from './licence-call';
import { NewOrder } from './order-types';
import {
  PAGE_SIZE,
  readCursor,
  wireAccountCount,
  wireAccountType,
  wireDuration,
  wireId,
  wireList,
  wireMoment,
  wireNothing,
  wireNumber,
  wirePaging,
  wireText,
} from './wire';

type OrderApi = Pick<
  Wecom,
  'createOrder' | 'listOrders' | 'getOrder' | 'listOrderCodes' | 'listRenewedAccounts' | 'cancelOrder'
>;

const MOST_SPAN_MS = 31 * 86_400_000;

const orderList = z.object({
  order_list: wireList(z.object({ order_id: wireId, order_type: wireNumber })),
  ...wirePaging,
});

const order = z
  .object({
    order: z.object({
      order_id: wireId,
      order_type: wireNumber,
      order_status: wireNumber,
      corpid: wireId,
      price: wireNumber.nullish(),
      account_count: wireAccountCount,
      account_duration: wireDuration,
      create_time: wireMoment,
      pay_time: wireMoment,
    }),
  })
  .transform(({ order: wire }): LicenceOrder => ({
    orderId: wire.order_id,
    corpId: wire.corpid,
    type: wire.order_type,
    status: wire.order_status,
    ...wire.account_count,
    ...wire.account_duration,
    priceFen: wire.price ?? null,
    createdAtMs: wire.create_time ?? 0,
    paidAtMs: wire.pay_time,
  }));

const orderAccounts = z.object({
  account_list: wireList(z.object({ active_code: wireText, userid: wireText, type: wireAccountType })),
  ...wirePaging,
});

const placed = z
  .object({ order_id: wireId, errmsg: wireText })
  // The one thing WeCom says in errmsg only (97182).
  .transform(({ errmsg, order_id }) => ({ orderId: order_id, appOrderLinked: !(errmsg ?? '').includes('WARNING') }));

const Span = z
  .object({ fromMs: z.number(), toMs: z.number() })
  .refine(({ fromMs, toMs }) => fromMs <= toMs && toMs - fromMs <= MOST_SPAN_MS, {
    message: '31 days',
    path: ['toMs'],
  });

/** Licence orders (licence-api.md, sections 3.1 and 3.3 to 3.6). */
export function createOrderApi(call: LicenceCall): OrderApi {
  const listAccounts = async (orderId: string, cursor: string | null) => {
    const body = { order_id: orderId, limit: PAGE_SIZE, cursor: cursor ?? '' };
    const page = await call('list_order_account', body, orderAccounts);
    return { accounts: page.account_list, nextCursor: readCursor(page, cursor) };
  };
  return {
    /** create_new_order (95644 / 97182). */
    createOrder: async (asked) => {
      const { baseCount, buyerUserId, corpId, days, externalContactCount, months } = checkAsked(NewOrder, asked);
      const account_count = { base_count: baseCount, external_contact_count: externalContactCount };
      const body = { corpid: corpId, buyer_userid: buyerUserId, account_count, account_duration: { months, days } };
      return call('create_new_order', body, placed);
    },
    /** list_order (95647 / 97184): a span of at most 31 days. */
    listOrders: async (corpId, fromMs, toMs, cursor) => {
      checkAsked(Span, { fromMs, toMs });
      const span = { start_time: Math.floor(fromMs / 1000), end_time: Math.floor(toMs / 1000) };
      const corp = corpId === null ? {} : { corpid: corpId };
      const page = await call('list_order', { ...corp, ...span, cursor: cursor ?? '', limit: PAGE_SIZE }, orderList);
      const items = page.order_list.map(({ order_id, order_type }) => ({ orderId: order_id, type: order_type }));
      return { items, nextCursor: readCursor(page, cursor) };
    },
    /** get_order (95648 / 97185). */
    getOrder: async (orderId) => {
      checkIds({ orderId });
      return call('get_order', { order_id: orderId }, order);
    },
    /** list_order_account (95649 / 97186). A renewal order lists members instead of codes: those are left out. */
    listOrderCodes: async (orderId, cursor) => {
      const { accounts, nextCursor } = await listAccounts(orderId, cursor);
      const items = accounts.flatMap(({ active_code: code, type }) => (code === null ? [] : [{ code, type }]));
      return { items, nextCursor };
    },
    /** The same call for a renewal order. */
    listRenewedAccounts: async (orderId, cursor) => {
      const { accounts, nextCursor } = await listAccounts(orderId, cursor);
      const items = accounts.flatMap(({ type, userid: userId }) => (userId === null ? [] : [{ userId, type }]));
      return { items, nextCursor };
    },
    /** cancel_order (96106 / 97187): names the corp, except for a multi-corp order. */
    cancelOrder: async (orderId, corpId) => {
      checkIds({ orderId, ...(corpId !== null && { corpId }) });
      await call('cancel_order', { order_id: orderId, ...(corpId !== null && { corpid: corpId }) }, wireNothing);
    },
  };
}
