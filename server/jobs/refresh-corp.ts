import type { Deps } from '../deps';
import { becauseOf } from '../licences/cause';
import { refreshOnce } from '../licences/refresh-once';
import { readingOf, type Source } from '../licences/sources';

/** Reads what WeCom says of a corp's trial, of checking and of its auto-activation. */
export async function refreshTrial(
  deps: Deps,
  { corpId }: { readonly corpId: string },
  signal: AbortSignal,
): Promise<void> {
  await readAll(deps, corpId, ['licence', 'autoActivation'], signal);
}

/** Reads everything of a corp again, whatever was heard of it. */
export async function reconcileCorp(
  deps: Deps,
  { corpId }: { readonly corpId: string },
  signal: AbortSignal,
): Promise<void> {
  await readAll(deps, corpId, ['authorisation', 'admins', 'licence', 'autoActivation', 'ledger', 'corpSeats'], signal);
}

async function readAll(deps: Deps, corpId: string, sources: readonly Source[], signal: AbortSignal): Promise<void> {
  for (const source of sources) {
    signal.throwIfAborted();
    const { key, work } = readingOf(deps, source, corpId, '', becauseOf('schedule'));
    await refreshOnce(deps, key, work);
  }
}
