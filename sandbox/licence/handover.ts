import type { Handover, LicenceCode } from '../state/types';
import type { World } from '../world';

/** Writes down that an account leaves its member for another; called before it goes. */
export function noteHandover(world: World, code: LicenceCode, toUserId: string, by: Handover['by']): void {
  const { corpId, providerId } = code;
  const fromUserId = code.userId ?? '';
  world.state.handovers.push({
    atMs: world.clock.now(),
    corpId,
    providerId,
    code: code.code,
    fromUserId,
    toUserId,
    by,
  });
}
