import type { Deps } from '../deps';
import { removeAskedCorp } from './remove';
import { reopenIfStanding } from './reopen';

/**
 * Asks WeCom whether a corp that is said to have removed the app has done so. Where it has not, a closed corp is opened
 * again; where WeCom refuses it, be it only by not taking the code, the corp is removed and its data deleted. Throws when
 * WeCom is silent or answers something else; nothing has changed then.
 * @param eventAtMs WeCom's TimeStamp of the removal, where an event told of it
 * @returns whether the app is installed there
 */
export async function settleRemoval(deps: Deps, corpId: string, eventAtMs = 0): Promise<boolean> {
  const outcome = await reopenIfStanding(deps, corpId);
  if (!outcome.stands && outcome.asked !== null) await removeAskedCorp(deps, outcome.asked, eventAtMs);
  return outcome.stands;
}
