import { settleCrowd } from '../licence/crowd';
import type { World } from '../world';
import { lookUp } from './index-of';
import type { Corp, Handover, Install, LicenceCode, Member, Order, Provider, Suite } from './types';

/** A corp with all its people. */
export function findCorp(world: World, corpId: string): Corp | null {
  const corp = peekCorp(world, corpId);
  if (corp) settleCrowd(world, corp);
  return corp;
}

/** A corp whose crowd stays a number: for those who ask neither for a member nor for codes. */
export function peekCorp(world: World, corpId: string): Corp | null {
  return lookUp(world.state.corps, 'corp', (corp) => corp.corpId, corpId)[0] ?? null;
}

export function findOrder(world: World, orderId: string): Order | null {
  return lookUp(world.state.orders, 'order', (order) => order.orderId, orderId)[0] ?? null;
}

/** Every order of a corp, of any provider, oldest first. */
export function ordersOfCorp(world: World, corpId: string): readonly Order[] {
  return lookUp(world.state.orders, 'corp', (order) => order.corpId ?? '', corpId);
}

/** The parts of a multi-corp order. */
export function partsOf(world: World, parentId: string): readonly Order[] {
  return lookUp(world.state.orders, 'parent', (order) => order.parentId ?? '', parentId);
}

/** Every move of an account from member to member, oldest first. */
export function handoversOf(world: World, corpId: string): readonly Handover[] {
  return lookUp(world.state.handovers, 'corp', (handover) => handover.corpId, corpId);
}

/** Every code of an order, with the copies at downstream corps. */
export function codesOfOrder(world: World, orderId: string): readonly LicenceCode[] {
  return lookUp(world.state.codes, 'order', (code) => code.orderId, orderId);
}

/** Every code in a corp's hands, of any provider, voided ones included. */
export function codesInCorp(world: World, corpId: string): readonly LicenceCode[] {
  return lookUp(world.state.codes, 'corp', (code) => code.corpId, corpId);
}

export function findSuite(world: World, suiteId: string): Suite | null {
  return world.state.suites.find((suite) => suite.suiteId === suiteId) ?? null;
}

/** A suite that our own records name. Throws when they contradict themselves. */
export function getSuite(world: World, suiteId: string): Suite {
  const suite = findSuite(world, suiteId);
  if (!suite) throw new Error(`The sandbox lost suite ${suiteId}`);
  return suite;
}

export function findProvider(world: World, providerId: string): Provider | null {
  return world.state.providers.find((provider) => provider.corpId === providerId) ?? null;
}

export function getProvider(world: World, providerId: string): Provider {
  const provider = findProvider(world, providerId);
  if (!provider) throw new Error(`The sandbox lost provider ${providerId}`);
  return provider;
}

/** Somebody of this corp by id, also one who has left. */
export function findMember(corp: Corp, userId: string): Member | null {
  return lookUp(corp.members, 'user', (member) => member.userId, userId)[0] ?? null;
}

/** The standing installation of a suite in a corp. */
export function findInstall(corp: Corp, suiteId: string): Install | null {
  return corp.installs.find((install) => install.suiteId === suiteId && install.removedAtMs === null) ?? null;
}

/** Standing installations of any of this provider's apps. */
export function installsOfProvider(world: World, corp: Corp, providerId: string): { install: Install; suite: Suite }[] {
  return corp.installs
    .filter((install) => install.removedAtMs === null)
    .map((install) => ({ install, suite: getSuite(world, install.suiteId) }))
    .filter(({ suite }) => suite.providerId === providerId);
}
