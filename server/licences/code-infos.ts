import type { Deps } from '../deps';
import { WecomError } from '../errors';
import type { CodeInfo } from '../wecom/client';

/** Every code of the call is unknown or invalid: then WeCom refuses the call instead of leaving them out. */
const NONE_KNOWN = new Set([701010, 701021, 701024]);

/** What WeCom says of at most 1000 codes; those it does not know are left out. */
export async function findCodeInfos(
  deps: Deps,
  corpId: string,
  codes: readonly string[],
): Promise<readonly CodeInfo[]> {
  try {
    return await deps.wecom.getCodes(corpId, codes);
  } catch (error) {
    if (error instanceof WecomError && NONE_KNOWN.has(error.errcode)) return [];
    throw error;
  }
}
