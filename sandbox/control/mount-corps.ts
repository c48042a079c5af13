import { z } from 'zod';
import { createCorp } from '../corps/corps';
import { actOnMember, addMember, MEMBER_ACTIONS } from '../corps/members';
import type { Router } from '../http/router';
import { authorise, cancel, resetPermanentCode, sendChangeAuth } from '../install/authorise';
import { seedCrowds } from '../samples/crowds';
import { findInstall, getSuite } from '../state/find';
import type { World } from '../world';
import { presentCorp } from './present';
import { ControlError, mountOrder, mountQuestion, requireCorp, requireMember } from './request';

const name = z.string().trim().min(1).max(64);
const corpId = z.string().min(1);
const Corps = z.strictObject({
  name,
  kind: z.enum(['third_party', 'custom']).optional(),
  members: z.array(name).min(1).max(1000).optional(),
  test: z.boolean().optional(),
});
const Members = z
  .strictObject({
    corpId,
    name: name.optional(),
    userId: z.string().optional(),
    action: z.enum(['add', ...MEMBER_ACTIONS]).optional(),
  })
  .refine((body) => (body.userId === undefined) !== (body.name === undefined), 'name adds a member, userId names one');
const InstallBody = z.strictObject({
  corpId,
  via: z.enum(['market', 'link']).default('market'),
  state: z
    .string()
    .regex(/^[a-zA-Z0-9]{0,128}$/)
    .optional(),
});
const Checking = z.strictObject({
  corpId,
  status: z.union([z.literal(0), z.literal(1)]).optional(),
  trial: z.boolean().optional(),
  checkAt: z.number().nullable().optional(),
});
const Crowds = z.strictObject({
  corps: z.number().int().min(1).max(100_000),
  seats: z.number().int().min(1).max(1_000_000),
});
const OnlyCorp = z.strictObject({ corpId });

/** Corps, their people and their installations. */
export function mountCorps(router: Router, world: World): void {
  mountQuestion(router, 'corps/:id', ({ id = '' }) => presentCorp(world, requireCorp(world, id)));
  mountOrder(router, 'corps', Corps, (body) => presentCorp(world, createCorp(world, body)));

  mountOrder(router, 'crowds', Crowds, ({ corps, seats }) => ({ corps: seedCrowds(world, corps, seats) }));

  mountOrder(router, 'members', Members, (body) => {
    const corp = requireCorp(world, body.corpId);
    const action = body.action ?? 'add';
    if (body.name !== undefined && action === 'add') return addMember(world, corp, body.name);
    if (body.userId === undefined || action === 'add')
      throw new ControlError(400, 'say name to add, or userId and action');
    const member = requireMember(corp, body.userId);
    actOnMember(world, corp, member, action);
    return member;
  });

  mountOrder(router, 'install', InstallBody, (body) => {
    const corp = requireCorp(world, body.corpId);
    const suite = getSuite(world, corp.suiteId);
    if (body.via === 'link') {
      world.state.installingCorpId = corp.corpId;
      return { open: new URL('/install', suite.commandUrl).href };
    }
    if (findInstall(corp, suite.suiteId)) throw new ControlError(400, `${corp.corpId} has the app already`);
    authorise(world, corp, suite, body.state ?? null);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'uninstall', OnlyCorp, (body) => {
    const { corp, suite, install } = requireInstalled(world, body.corpId);
    cancel(world, corp, suite, install);
    return presentCorp(world, corp);
  });

  mountOrder(router, 'change-auth', OnlyCorp, (body) => {
    const { corp, suite } = requireInstalled(world, body.corpId);
    sendChangeAuth(world, corp, suite);
  });

  mountOrder(router, 'reset-permanent-code', OnlyCorp, (body) => {
    const { corp, suite, install } = requireInstalled(world, body.corpId);
    if (suite.kind !== 'custom') throw new ControlError(400, 'only custom apps get a new permanent code');
    resetPermanentCode(world, corp, suite, install);
  });

  mountOrder(router, 'checking', Checking, ({ corpId: id, status, trial, checkAt }) => {
    const corp = requireCorp(world, id);
    if (status !== undefined) corp.checking.status = status;
    if (trial !== undefined) corp.checking.trial = trial;
    if (checkAt !== undefined) corp.checking.checkAtMs = checkAt;
    return presentCorp(world, corp);
  });
}

function requireInstalled(world: World, id: string) {
  const corp = requireCorp(world, id);
  const suite = getSuite(world, corp.suiteId);
  const install = findInstall(corp, suite.suiteId);
  if (!install) throw new ControlError(400, `${corp.corpId} does not have the app`);
  return { corp, suite, install };
}
