import type { Deps } from '../deps';
import { refreshEndedCodes, refreshTrial } from '../licences/poll-order';
import { reconcileCorp } from '../licences/reconcile';
import { findCorp } from '../store/corps';

type OfCorp = { readonly corpId: string };

/** A corp may remove the app between the asking and the doing. */
async function isInstalled({ store }: Deps, corpId: string): Promise<boolean> {
  return (await findCorp(store.db, corpId))?.status === 'installed';
}

export async function readTrial(deps: Deps, { corpId }: OfCorp): Promise<void> {
  if (await isInstalled(deps, corpId)) await refreshTrial(deps, corpId);
}

export async function readEnded(deps: Deps, { corpId }: OfCorp): Promise<void> {
  if (await isInstalled(deps, corpId)) await refreshEndedCodes(deps, corpId);
}

/** Goes on where a killed or stopped run left off. */
export async function reconcile(deps: Deps, { corpId }: OfCorp, signal: AbortSignal): Promise<void> {
  if (!(await isInstalled(deps, corpId))) return;
  const { counts, done, resumed } = await reconcileCorp(deps, corpId, signal);
  if (!done) throw signal.reason;
  deps.log.info({ corpId, counts, resumed }, 'reconciled');
}
