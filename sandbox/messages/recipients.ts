import { HOUR_MS, MINUTE_MS } from '../clock';
import { promisedCodes, wouldActivate, type Promised } from '../licence/auto-activate';
import { isUnlicensed } from '../licence/opening';
import type { Corp, Member, Suite } from '../state/types';
import type { World } from '../world';

/** Per app and member; the rest is dropped without a word (page 90454). */
const MOST_PER_MINUTE = 30;
const MOST_PER_HOUR = 1000;

export type Recipients = {
  readonly reached: Member[];
  /** Unlicensed, but about to be activated by this very message. */
  readonly activating: Member[];
  readonly invalid: string[];
  readonly unlicensed: string[];
  readonly dropped: string[];
};

/** Sorts whom a message names: in range and licensed, or not (messaging-and-jssdk.md section 1). */
export function sortRecipients(world: World, corp: Corp, suite: Suite, userIds: readonly string[]): Recipients {
  const sorted: Recipients = { reached: [], activating: [], invalid: [], unlicensed: [], dropped: [] };
  const byId = new Map(corp.members.map((member) => [member.userId.toLowerCase(), member]));
  const isFlooded = floodGate(world, corp, suite);
  const promised = promisedCodes(world, corp);
  for (const userId of new Set(userIds)) {
    // userids are compared without regard to case: answers give them in lower case
    const member = byId.get(userId.toLowerCase());
    if (!member || member.left || !member.inRange) sorted.invalid.push(userId);
    else sortMember(world, corp, suite, member, { isFlooded, promised }, sorted);
  }
  return sorted;
}

function sortMember(
  world: World,
  corp: Corp,
  suite: Suite,
  member: Member,
  { isFlooded, promised }: { readonly isFlooded: (member: Member) => boolean; readonly promised: Promised },
  into: Recipients,
): void {
  const activates = wouldActivate(world, corp, member, suite, promised);
  if (!activates && isUnlicensed(world, corp, member, suite)) return void into.unlicensed.push(member.userId);
  if (activates) into.activating.push(member);
  if (isFlooded(member)) return void into.dropped.push(member.userId);
  into.reached.push(member);
}

/** Whether a member got as many messages of the app as it may send in a minute and in an hour. */
function floodGate(world: World, corp: Corp, suite: Suite): (member: Member) => boolean {
  const now = world.clock.now();
  const countSince = (ms: number) => {
    const counts = new Map<string, number>();
    for (let at = world.state.messages.length - 1; at >= 0; at -= 1) {
      const message = world.state.messages[at];
      if (!message || message.atMs <= now - ms) break;
      if (message.corpId !== corp.corpId || message.suiteId !== suite.suiteId) continue;
      for (const userId of message.toUserIds) counts.set(userId, (counts.get(userId) ?? 0) + 1);
    }
    return counts;
  };
  const minute = countSince(MINUTE_MS);
  const hour = countSince(HOUR_MS);
  return ({ userId }) => (minute.get(userId) ?? 0) >= MOST_PER_MINUTE || (hour.get(userId) ?? 0) >= MOST_PER_HOUR;
}
