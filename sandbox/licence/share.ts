import { WireError } from '../http/wire-error';
import { installsOfProvider } from '../state/find';
import type { Corp, CorpLink } from '../state/types';
import type { World } from '../world';
import { bindable, codesOf } from './codes';

/** The link a code may travel along. Throws 701150 (test corp), 701057, 701058 (not linked), 701051 (app not shared). */
export function requireLink(world: World, providerId: string, from: Corp, to: Corp, type: 0 | 1): CorpLink {
  if (from.test || to.test) throw new WireError(701150);
  if (installsOfProvider(world, from, providerId).length === 0) throw new WireError(701057);
  const link = from.links.find((one) => one.corpId === to.corpId && one.type === type);
  if (!link) throw new WireError(701058);
  if (!link.appShared) throw new WireError(701051);
  return link;
}

/** Hands one unbound code to a downstream corp (batch_share_active_code, page 97193). Throws the broken rule. */
export function shareCode(world: World, providerId: string, from: Corp, link: CorpLink, name: string): void {
  const code = codesOf(world, providerId, from.corpId).find((one) => one.code === name);
  if (!code || code.mergedInto !== null) throw new WireError(701021);
  if (code.sharedFrom !== null) throw new WireError(701054);
  if (code.sharedTo !== null) throw new WireError(701055);
  if (code.userId !== null) throw new WireError(701003);
  if (!bindable(code, world.clock.now())) throw new WireError(701012);
  const there = codesOf(world, providerId, link.corpId).filter((one) => one.sharedFrom === from.corpId).length;
  if (there >= 2 * link.heads) throw new WireError(701056);
  code.sharedTo = link.corpId;
  world.state.codes.push({ ...code, corpId: link.corpId, sharedTo: null, sharedFrom: from.corpId });
}
