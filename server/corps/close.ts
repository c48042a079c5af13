import type { Deps } from '../deps';
import { closeInstalledCorp, type ByCode } from '../store/closed-corps';

/**
 * Shuts the gate of a corp of which WeCom has not said for certain that it is over, and keeps what is on record of it:
 * deleting cannot be undone, and a custom app's code that was reset looks the same until the new one is here. Its code is
 * used for nothing but asking WeCom again (`settleRemoval`).
 */
export async function closeCorp(deps: Deps, asked: ByCode): Promise<void> {
  const { corpId } = asked;
  if (!(await closeInstalledCorp(deps.store.db, asked, deps.clock.now()))) return;
  await deps.tokens.forgetCorp(corpId);
  deps.events.publish({ kind: 'tokensDropped', corpId });
  deps.events.changed({ corpId, userId: null });
  deps.log.warn({ corpId }, 'the corp is closed until WeCom says whether it still has the app; its data is kept');
}
