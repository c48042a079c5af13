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

/** Goes on where a killed or stopped run left off. Only every night's is trusting: whoever asks for one has a doubt. */
export async function reconcile(
  deps: Deps,
  { corpId, trusting = false }: OfCorp & { readonly trusting?: boolean | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (!(await isInstalled(deps, corpId))) return;
  const { counts, done, resumed } = await reconcileCorp(deps, corpId, signal, { trusting });
  if (!done) throw signal.reason;
  deps.log.info({ corpId, counts, resumed }, 'reconciled');
}
