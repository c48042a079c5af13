import { z } from 'zod';
import { textOfErrcode, WireError } from '../http/wire-error';
import type { Call } from '../http/wire';
import { findCorp, installsOfProvider } from '../state/find';
import type { Corp, Provider } from '../state/types';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { MAX_BATCH } from './spans';

const count = z.number().int().min(0).default(0);
/** What an order is for, in our words. */
export const AccountCount = z
  .object({ base_count: count, external_contact_count: count })
  .transform((wire) => ({ baseCount: wire.base_count, externalContactCount: wire.external_contact_count }));
export const AccountDuration = z.object({ months: count, days: count });

export type Customer = { readonly provider: Provider; readonly corp: Corp };

/** The corp a licence call is about; it must have one of this provider's apps (701015). */
export function requireCustomer(world: World, call: Call, corpId: string, find = findCorp): Customer {
  const provider = requireProviderToken(world, call);
  const corp = find(world, corpId);
  if (!corp) throw new WireError(40013);
  if (installsOfProvider(world, corp, provider.corpId).length === 0) throw new WireError(701015);
  return { provider, corp };
}

/** Refuses a batch that is empty (701025) or too long (701026). */
export function requireBatch<T>(list: readonly T[], most = MAX_BATCH): readonly T[] {
  if (list.length === 0) throw new WireError(701025);
  if (list.length > most) throw new WireError(701026);
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

/** Of the items of a batch those that failed, each with its words. */
export function refusals<T extends { errcode: number }>(results: readonly T[]): (T & { errmsg: string })[] {
  const failed = results.filter((result) => result.errcode !== 0);
  return failed.map((result) => ({ ...result, errmsg: textOfErrcode(result.errcode) }));
}

/** Top-level answer of a batch: 701024 when every item failed, with the items all the same. */
export function batchVerdict(results: readonly { errcode: number }[]): { errcode?: number; errmsg?: string } {
  const allFailed = results.every((result) => result.errcode !== 0);
  return allFailed ? { errcode: 701024, errmsg: 'every item of the batch failed' } : {};
}
