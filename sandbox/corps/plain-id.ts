import type { Corp } from '../state/types';

/** The corp's own id, as its contracts name it; apps know it by the encrypted `wp…` only. */
export function plainCorpId(corp: Corp): string {
  return corp.corpId.replace(/^wp/, 'ww');
}
