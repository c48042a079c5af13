import { z } from 'zod';
import type { Router } from '../http/router';
import { codesOf } from '../licence/codes';
import { voidTestOrders } from '../licence/orders';
import { requireLink, shareCode } from '../licence/share';
import type { World } from '../world';
import { presentCorp } from './present';
import { mountOrder, providerOf, requireCorp } from './request';

const corpId = z.string().min(1);
const TestList = z.strictObject({ corpId, test: z.boolean() });
const AppOrderBody = z.strictObject({
  corpId,
  kind: z.enum(['off', 'none', 'trial', 'paid']),
  endsAt: z.number().nullable().default(null),
  trialHeads: z.number().int().min(0).nullable().default(null),
  linkFails: z.boolean().default(false),
});
const Historic = z.strictObject({ corpId, historic: z.boolean() });
const Link = z.strictObject({
  corpId,
  to: z.string().min(1),
  type: z.union([z.literal(0), z.literal(1)]).default(0),
  appShared: z.boolean().default(true),
  heads: z.number().int().min(0).default(100),
});
const Share = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  codes: z.array(z.string()).min(1).max(1000),
  linkType: z.union([z.literal(0), z.literal(1)]).default(0),
});

/** What a corp is to its provider and to other corps: test corp, historic, buyer of the app, upstream of another. */
export function mountRelations(router: Router, world: World): void {
  // leaving the list voids the test orders (page 97185)
  mountOrder(router, 'test-list', TestList, (body) => {
    const corp = requireCorp(world, body.corpId);
    if (corp.test && !body.test) voidTestOrders(world, corp);
    corp.test = body.test;
    return presentCorp(world, corp);
  });

  mountOrder(router, 'app-order', AppOrderBody, ({ kind, endsAt, trialHeads, linkFails, corpId: id }) => {
    const corp = requireCorp(world, id);
    corp.appOrder = kind === 'off' ? null : { kind, endsAtMs: endsAt, trialHeads, linkFails };
    return presentCorp(world, corp);
  });

  // authorised before licences existed: not checked, and no ordering before a migration order
  mountOrder(router, 'historic', Historic, ({ corpId: id, historic }) => {
    const corp = requireCorp(world, id);
    corp.historic = historic;
    if (historic) corp.checking = { status: 0, trial: false, checkAtMs: null };
    return presentCorp(world, corp);
  });

  mountOrder(router, 'links', Link, ({ corpId: id, to, ...link }) => {
    const corp = requireCorp(world, id);
    const others = corp.links.filter((one) => one.corpId !== to || one.type !== link.type);
    corp.links = [...others, { corpId: requireCorp(world, to).corpId, ...link }];
    return presentCorp(world, corp);
  });

  mountOrder(router, 'shares', Share, ({ from: fromId, to: toId, codes, linkType }) => {
    const from = requireCorp(world, fromId);
    const to = requireCorp(world, toId);
    const provider = providerOf(world, from).corpId;
    const link = requireLink(world, provider, from, to, linkType);
    for (const code of codes) shareCode(world, provider, from, link, code);
    return { shared: codesOf(world, provider, to.corpId).filter((one) => one.sharedFrom === from.corpId).length };
  });
}
