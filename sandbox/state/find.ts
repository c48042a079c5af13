import type { World } from '../world';
import type { Corp, Install, Member, Provider, Suite } from './types';

export function findCorp(world: World, corpId: string): Corp | null {
  return world.state.corps.find((corp) => corp.corpId === corpId) ?? null;
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
  return corp.members.find((member) => member.userId === userId) ?? null;
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
