import { z } from 'zod';
import type { LicenceOrder, Wecom } from './client';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { readCursor, wireAccountType, wireId, wireList, wireMoment, wireNumber, wirePaging, wireText } from './wire';

type OrderApi = Pick<Wecom, 'listOrders' | 'getOrder' | 'listOrderCodes'>;

const PAGE_SIZE = 1000;

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
      account_count: z
        .object({ base_count: wireNumber.nullish(), external_contact_count: wireNumber.nullish() })
        .nullish(),
      account_duration: z.object({ months: wireNumber.nullish(), days: wireNumber.nullish() }).nullish(),
      create_time: wireMoment,
      pay_time: wireMoment,
    }),
  })
  .transform(({ order: wire }): LicenceOrder => ({
    orderId: wire.order_id,
    corpId: wire.corpid,
    type: wire.order_type,
    status: wire.order_status,
    baseCount: wire.account_count?.base_count ?? 0,
    externalContactCount: wire.account_count?.external_contact_count ?? 0,
    months: wire.account_duration?.months ?? null,
    days: wire.account_duration?.days ?? null,
    priceFen: wire.price ?? null,
    createdAtMs: wire.create_time ?? 0,
    paidAtMs: wire.pay_time,
  }));

const orderAccounts = z.object({
  account_list: wireList(z.object({ active_code: wireText, type: wireAccountType })),
  ...wirePaging,
});

/** Licence orders (licence-api.md, section 3). Every call carries the provider token. */
export function createOrderApi(request: WecomRequest, tokens: TokenKeeper): OrderApi {
  const call = <T>(name: string, body: unknown, schema: z.ZodType<T>) =>
    tokens.withProviderToken((token) =>
      request({ path: `/cgi-bin/license/${name}`, query: { provider_access_token: token }, body, schema }),
    );
  return {
    /** list_order (95647 / 97184): a span of at most 31 days. */
    listOrders: async (corpId, fromMs, toMs, cursor) => {
      const span = { start_time: Math.floor(fromMs / 1000), end_time: Math.floor(toMs / 1000) };
      const body = { corpid: corpId, ...span, cursor: cursor ?? '', limit: PAGE_SIZE };
      const page = await call('list_order', body, orderList);
      const items = page.order_list.map(({ order_id, order_type }) => ({ orderId: order_id, type: order_type }));
      return { items, nextCursor: readCursor(page) };
    },
    /** get_order (95648 / 97185). */
    getOrder: (orderId) => call('get_order', { order_id: orderId }, order),
    /** list_order_account (95649 / 97186). A renewal order lists members instead of codes: those are left out. */
    listOrderCodes: async (orderId, cursor) => {
      const body = { order_id: orderId, limit: PAGE_SIZE, cursor: cursor ?? '' };
      const page = await call('list_order_account', body, orderAccounts);
      const items = page.account_list.flatMap(({ active_code: code, type }) => (code === null ? [] : [{ code, type }]));
      return { items, nextCursor: readCursor(page) };
    },
  };
}
