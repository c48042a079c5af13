import { WireError } from '../http/wire-error';
import type { PreAuthCode } from '../state/types';
import type { World } from '../world';

/** The living pre_auth_code of this suite. Throws 40077 (unknown) or 42007 (expired). */
export function requirePreAuthCode(world: World, suiteId: string, code: string): PreAuthCode {
  const found = world.state.preAuthCodes.find((one) => one.code === code && one.suiteId === suiteId);
  if (!found) throw new WireError(40077);
  if (found.expiresAtMs <= world.clock.now()) throw new WireError(42007);
  return found;
}
