import { z } from 'zod';
import type { Router } from '../http/router';
import { sendChangeAuth } from '../install/authorise';
import { activateByType, activate } from '../licence/activate';
import { boundCode, freeCodes, statusOf } from '../licence/codes';
import { setAutoActivation } from '../licence/mount-app';
import { transfer } from '../licence/transfer';
import { findInstall, getSuite } from '../state/find';
import type { Corp, LicenceType } from '../state/types';
import type { World } from '../world';
import { presentCorp } from './present';
import { mountOrder, providerOf, requireCorp, requireMember } from './request';

const corpId = z.string().min(1);
const Seat = z.strictObject({
  corpId,
  userId: z.string().min(1),
  type: z.union([z.literal(1), z.literal(2)]).default(1),
  /** A certain code instead of the next free one. */
  code: z.string().optional(),
});
const Transfer = z.strictObject({ corpId, from: z.string().min(1), to: z.string().min(1) });
const Switch = z.strictObject({ corpId, on: z.boolean() });
/** Without userId: the whole corp. */
const ContactRights = Switch.extend({ userId: z.string().min(1).optional() });

/** The provider's console: seats by hand, the auto-activation switch; and the corp's: who may have customer contact. */
export function mountLicences(router: Router, world: World): void {
  mountOrder(router, 'seats', Seat, (body) => {
    const corp = requireCorp(world, body.corpId);
    if (body.code === undefined) activateByHand(world, corp, body.userId, body.type);
    else activate(world, providerOf(world, corp).corpId, corp, body.userId, body.code);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'transfers', Transfer, (body) => {
    const corp = requireCorp(world, body.corpId);
    transfer(world, providerOf(world, corp).corpId, corp, body.from, body.to);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'auto-activation', Switch, (body) => {
    const corp = requireCorp(world, body.corpId);
    setAutoActivation(world, providerOf(world, corp), corp, body.on);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'customer-contact', ContactRights, ({ corpId: id, on, userId }) => {
    const corp = requireCorp(world, id);
    const { contactRights } = corp;
    if (userId === undefined) contactRights.granted = on;
    else {
      requireMember(corp, userId);
      const others = contactRights.outsideUserIds.filter((one) => one !== userId);
      contactRights.outsideUserIds = on ? others : [...others, userId];
    }
    const suite = getSuite(world, corp.suiteId);
    if (findInstall(corp, suite.suiteId)) sendChangeAuth(world, corp, suite);
    return presentCorp(world, corp);
  });
}

/** As a person at the console would: the next free code, replacing a seat that is about to end. */
function activateByHand(world: World, corp: Corp, userId: string, type: LicenceType): void {
  const provider = providerOf(world, corp).corpId;
  const held = boundCode(world, provider, corp, userId, type);
  const [code] = freeCodes(world, provider, corp.corpId, type);
  if (held && statusOf(held, world.clock.now()) === 2 && code)
    return activate(world, provider, corp, userId, code.code);
  activateByType(world, provider, corp, userId, type);
}
