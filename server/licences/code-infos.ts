import type { Deps } from '../deps';
import { WecomError } from '../errors';
import type { CodeInfo } from '../wecom/client';

/** Every code of the call is unknown or invalid: then WeCom may refuse the call instead of leaving them out. */
const NONE_KNOWN = new Set([701010, 701021, 701024]);

/** What WeCom says of at most 1000 codes, unknown ones left out; null when it refused to speak of any of them. */
export async function findCodeInfos(
  deps: Deps,
  corpId: string,
  codes: readonly string[],
): Promise<readonly CodeInfo[] | null> {
  try {
    return await deps.wecom.getCodes(corpId, codes);
  } catch (error) {
    if (error instanceof WecomError && NONE_KNOWN.has(error.errcode)) return null;
    throw error;
  }
}
