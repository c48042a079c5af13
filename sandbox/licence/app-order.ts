import { DAY_MS } from '../clock';
import { WireError } from '../http/wire-error';
import type { Corp } from '../state/types';
import type { World } from '../world';
import { durationDays } from './new-order';
import type { Wares } from './purchase';
import { SHORT_ORDER_DAYS } from './spans';

/**
 * Compares a purchase with what the corp bought of the app itself (701129 to 701135, since 2023-06-30). Which corps are
 * spared is not documented: only those whose `appOrder` was set are looked at.
 */
export function requireAppOrder(world: World, { appOrder }: Corp, wares: Wares): void {
  if (appOrder === null) return;
  const days = durationDays(wares.months, wares.days);
  switch (appOrder.kind) {
    case 'none':
      throw new WireError(701129);
    case 'trial': {
      const most = Math.max(wares.baseCount, wares.externalContactCount);
      if (appOrder.trialHeads !== null && most > appOrder.trialHeads) throw new WireError(701131);
      if (days > SHORT_ORDER_DAYS) throw new WireError(701133);
      return;
    }
    case 'paid': {
      const leftMs = (appOrder.endsAtMs ?? Infinity) - world.clock.now();
      if (leftMs <= 0) throw new WireError(701130);
      if (Number.isFinite(leftMs) && days * DAY_MS < leftMs) throw new WireError(701135);
    }
  }
}

/** The order stands, but could not be linked to the app's: WeCom says so in errmsg alone (page 97182). */
export function linkWarning({ appOrder }: Corp): { errmsg?: string } {
  return appOrder?.linkFails ? { errmsg: 'ok. WARNING: the order is not linked to an app order' } : {};
}
