import { z } from 'zod';
import type { Router } from '../http/router';
import { migrate } from '../licence/migration';
import { askRefund, cancelOrder, payOrder, refundOrder } from '../licence/orders';
import { createOrder } from '../licence/purchase';
import { renewNow } from '../licence/renewal';
import { openUnionNow } from '../licence/union';
import { findProvider } from '../state/find';
import type { World } from '../world';
import { presentOrder } from './present';
import { ControlError, mountOrder, providerOf, requireCorp, requireOrder } from './request';

const count = z.number().int().min(0).default(0);
const corpId = z.string().min(1);
/** WeCom sells a million at once; the sandbox keeps every code in memory and shows it. */
const accounts = z.number().int().min(0).max(10_000).default(0);
const wares = { corpId, base: accounts, externalContact: accounts, months: count, days: count };
const NewOrder = z.strictObject({ ...wares, migration: z.union([z.literal(5), z.literal(6)]).optional() });
const NewUnion = z.strictObject({
  entries: z
    .array(z.strictObject({ ...wares, autoActivation: z.boolean().default(true) }))
    .min(1)
    .max(1000),
});
const Account = z.strictObject({ userId: z.string().min(1), type: z.union([z.literal(1), z.literal(2)]).default(1) });
const NewRenewal = z.strictObject({
  corpId,
  /** Left out: every account that the corp's members hold. */
  accounts: z.array(Account).min(1).max(10_000).optional(),
  months: z.number().int().min(1).optional(),
  until: z.number().optional(),
});
const Pay = z.strictObject({ generateSeconds: z.number().min(0).default(0) });
const PayMethod = z.strictObject({ method: z.enum(['console', 'balance']).nullable() });
const Refund = z.strictObject({ granted: z.boolean().default(true) });
const Balance = z.strictObject({ providerId: z.string().optional(), fen: z.number().int() });
const Nothing = z.strictObject({});

/** The provider's console: buying, renewing, paying, cancelling, refunds and the balance. */
export function mountConsoleOrders(router: Router, world: World): void {
  mountOrder(router, 'orders', NewOrder, (body) => {
    const corp = requireCorp(world, body.corpId);
    const provider = providerOf(world, corp);
    const wanted = waresOf(body);
    if (body.migration !== undefined)
      return presentOrder(world, migrate(world, provider, corp, wanted, body.migration));
    return presentOrder(world, createOrder(world, provider, corp, wanted, provider.buyers[0] ?? ''));
  });

  mountOrder(router, 'unions', NewUnion, ({ entries }) => {
    const provider = providerOf(world, requireCorp(world, entries[0]?.corpId ?? ''));
    const wanted = entries.map(({ corpId: id, autoActivation, ...rest }) => ({
      corpId: requireCorp(world, id).corpId,
      ...waresOf(rest),
      autoActivation,
    }));
    return presentOrder(world, openUnionNow(world, provider, wanted, provider.buyers[0] ?? ''));
  });

  mountOrder(router, 'renewals', NewRenewal, (body) => {
    const corp = requireCorp(world, body.corpId);
    const provider = providerOf(world, corp);
    const span = { months: body.months ?? null, newExpiresAtMs: body.until ?? null };
    const chosen = body.accounts?.map(({ userId, type }) => ({ userid: userId, type })) ?? null;
    return presentOrder(world, renewNow(world, provider, corp, chosen, span, provider.buyers[0] ?? ''));
  });

  mountOrder(router, 'orders/:id/pay', Pay, (body, { id = '' }) => {
    const order = requireOrder(world, id);
    if (order.parentId !== null) throw new ControlError(400, `${id} is a part: pay ${order.parentId}`);
    payOrder(world, order, body.generateSeconds * 1000);
    return presentOrder(world, order);
  });

  mountOrder(router, 'orders/:id/pay-method', PayMethod, ({ method }, { id = '' }) => {
    requireOrder(world, id).payMethod = method;
  });

  mountOrder(router, 'orders/:id/cancel', Nothing, (_body, { id = '' }) => {
    const order = requireOrder(world, id);
    cancelOrder(world, order, order.corpId);
    return presentOrder(world, order);
  });

  mountOrder(router, 'orders/:id/ask-refund', Nothing, (_body, { id = '' }) => {
    const order = requireOrder(world, id);
    askRefund(order);
    return presentOrder(world, order);
  });

  mountOrder(router, 'orders/:id/refund', Refund, (body, { id = '' }) => {
    const order = requireOrder(world, id);
    refundOrder(world, order, body.granted);
    return presentOrder(world, order);
  });

  mountOrder(router, 'balance', Balance, ({ providerId, fen }) => {
    const provider = findProvider(world, providerId ?? world.state.providers[0]?.corpId ?? '');
    if (!provider) throw new ControlError(404, `there is no provider ${providerId}`);
    provider.balanceFen = fen;
    return { providerId: provider.corpId, fen };
  });
}

function waresOf(body: { base: number; externalContact: number; months: number; days: number }) {
  const { base, externalContact, months, days } = body;
  return { baseCount: base, externalContactCount: externalContact, months, days };
}
