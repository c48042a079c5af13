import { DAY_MS, SECOND_MS, startOfShanghaiDay } from '../clock';
import { WireError } from '../http/wire-error';
import { activateSoon } from '../licence/activate-soon';
import type { Corp, Message, Suite } from '../state/types';
import { newId, type World } from '../world';
import { isInteractive } from './contents';
import { sortRecipients, type Recipients } from './recipients';

/** A day's recipient-sends per app: the corp's account cap (500 here, see describeCorp) times 200 (page 90454). */
const DAILY_SENDS = 500 * 200;
const KEPT_MS = 2 * DAY_MS;
const KEPT_MESSAGES = 5000;

export type Outgoing = {
  readonly msgType: string;
  readonly content: Record<string, unknown>;
  readonly fileName: string | null;
  readonly userIds: readonly string[];
  /** Sent again within this time it is not delivered twice; null: no such check. */
  readonly onceWithinSeconds: number | null;
};

/** Sends an app message. Throws 81013 when it reaches nobody, with whom it did not reach. */
export function sendMessage(world: World, corp: Corp, suite: Suite, outgoing: Outgoing): Message {
  const key = JSON.stringify([suite.suiteId, corp.corpId, outgoing.msgType, outgoing.content, outgoing.userIds]);
  const before = findRepeated(world, key);
  if (before && outgoing.onceWithinSeconds !== null) return before;
  const recipients = sortRecipients(world, corp, suite, outgoing.userIds);
  requireSomebody(recipients);
  requireDailyRoom(world, corp, suite, recipients.reached.length);
  const activating = recipients.activating.map((member) => member.userId);
  if (activating.length > 0) activateSoon(world, corp.corpId, suite.suiteId, 2, activating);
  return post(world, corp, suite, outgoing, recipients, key);
}

function findRepeated(world: World, key: string): Message | null {
  const now = world.clock.now();
  return world.state.messages.find((one) => one.onceUntil?.key === key && one.onceUntil.untilMs > now) ?? null;
}

function requireSomebody({ reached, dropped, invalid, unlicensed }: Recipients): void {
  if (reached.length + dropped.length > 0) return;
  throw new WireError(81013, undefined, joinedLists(invalid, unlicensed));
}

/** Lists are joined by the pipe sign and in lower case, absent when empty. */
export function joinedLists(invalid: readonly string[], unlicensed: readonly string[]): Record<string, string> {
  return {
    ...(invalid.length > 0 && { invaliduser: invalid.join('|').toLowerCase() }),
    ...(unlicensed.length > 0 && { unlicenseduser: unlicensed.join('|').toLowerCase() }),
  };
}

function requireDailyRoom(world: World, corp: Corp, suite: Suite, count: number): void {
  const today = startOfShanghaiDay(world.clock.now());
  const sent = world.state.messages
    .filter((one) => one.corpId === corp.corpId && one.suiteId === suite.suiteId && one.atMs >= today)
    .reduce((sum, one) => sum + one.toUserIds.length, 0);
  if (sent + count > DAILY_SENDS) throw new WireError(45009);
}

function post(world: World, corp: Corp, suite: Suite, outgoing: Outgoing, to: Recipients, key: string): Message {
  const now = world.clock.now();
  const { onceWithinSeconds } = outgoing;
  const message: Message = {
    msgId: newId('msg', 10),
    suiteId: suite.suiteId,
    corpId: corp.corpId,
    atMs: now,
    msgType: outgoing.msgType,
    content: outgoing.content,
    fileName: outgoing.fileName,
    toUserIds: to.reached.map((member) => member.userId),
    invalidUserIds: to.invalid,
    unlicensedUserIds: to.unlicensed,
    droppedUserIds: to.dropped,
    recalled: false,
    responseCode: isInteractive(outgoing.content) ? newId('resp', 16) : null,
    onceUntil: onceWithinSeconds === null ? null : { key, untilMs: now + onceWithinSeconds * SECOND_MS },
  };
  forgetOld(world, now);
  world.state.messages.push(message);
  return message;
}

/** The outbox keeps what a person may still look for, and all that the limits look back on. */
function forgetOld(world: World, nowMs: number): void {
  const { messages } = world.state;
  if (messages.length < KEPT_MESSAGES || (messages[0]?.atMs ?? nowMs) > nowMs - KEPT_MS) return;
  world.state.messages = messages.filter((one) => one.atMs > nowMs - KEPT_MS);
}
