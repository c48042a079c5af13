import { WireError } from '../http/wire-error';
import type { Call } from '../http/wire';
import { findCorp, installsOfProvider } from '../state/find';
import type { Corp, Provider } from '../state/types';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { MAX_BATCH } from './spans';

/** The corp a licence call is about; it must have one of this provider's apps (701015). */
export function requireCustomer(world: World, call: Call, corpId: string): { provider: Provider; corp: Corp } {
  const provider = requireProviderToken(world, call);
  const corp = findCorp(world, corpId);
  if (!corp) throw new WireError(40013);
  if (installsOfProvider(world, corp, provider.corpId).length === 0) throw new WireError(701015);
  return { provider, corp };
}

/** Refuses a batch that is empty (701025) or longer than 1000 (701026). */
export function requireBatch<T>(list: readonly T[]): readonly T[] {
  if (list.length === 0) throw new WireError(701025);
  if (list.length > MAX_BATCH) throw new WireError(701026);
  return list;
}

/** Does one item of a batch and returns its errcode. */
export function errcodeOf(work: () => void): number {
  try {
    work();
    return 0;
  } catch (error) {
    if (error instanceof WireError) return error.errcode;
    throw error;
  }
}

/** Top-level answer of a batch: 701024 when every item failed, with the items all the same. */
export function batchVerdict(results: readonly { errcode: number }[]): { errcode?: number; errmsg?: string } {
  const allFailed = results.every((result) => result.errcode !== 0);
  return allFailed ? { errcode: 701024, errmsg: 'every item of the batch failed' } : {};
}
