import { codesInCorp } from '../state/find';
import type { Corp, Member } from '../state/types';
import type { World } from '../world';

/**
 * A member is in range again: a code of theirs that waits for transfer, and was not handed on, is bound as before. What
 * WeCom does then is not documented; while nobody else needed it, nothing has been taken from anybody.
 */
export function keepWaitingCodes(world: World, corp: Corp, { userId }: Member): void {
  for (const code of codesInCorp(world, corp.corpId)) if (code.userId === userId) code.waitingSinceMs = null;
}
