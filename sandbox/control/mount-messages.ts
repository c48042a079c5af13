import { z } from 'zod';
import type { Router } from '../http/router';
import { tellApp } from '../corps/members';
import { toSeconds } from '../clock';
import { buttonsOf, faceOf } from '../messages/target';
import type { Corp, Message } from '../state/types';
import type { World } from '../world';
import { ControlError, mountOrder, mountQuestion, requireCorp, requireMember } from './request';

const Press = z.strictObject({ userId: z.string().min(1), key: z.string().min(1) });

/** What apps have sent: the outbox of all, and pressing a card's button. */
export function mountMessageBox(router: Router, world: World): void {
  mountQuestion(router, 'messages', () => ({ messages: world.state.messages.map(presentMessage) }));

  mountOrder(router, 'messages/:id/press', Press, ({ userId, key }, { id = '' }) => {
    const message = requireMessage(world, id);
    const corp = requireCorp(world, message.corpId);
    const member = requireMember(corp, userId);
    if (!message.toUserIds.includes(member.userId)) throw new ControlError(400, `${userId} did not get this message`);
    if (!buttonsOf(message).some((button) => button.key === key)) throw new ControlError(400, `no button ${key}`);
    press(world, corp, message, userId, key);
  });
}

export function requireMessage(world: World, id: string): Message {
  const message = world.state.messages.find((one) => one.msgId === id);
  if (!message) throw new ControlError(404, `there is no message ${id}`);
  return message;
}

/** template_card_event (callbacks.md section 6). */
function press(world: World, corp: Corp, message: Message, userId: string, key: string): void {
  tellApp(world, corp, message.suiteId, {
    FromUserName: userId,
    CreateTime: toSeconds(world.clock.now()),
    MsgType: 'event',
    Event: 'template_card_event',
    EventKey: key,
    TaskId: String(message.content.task_id ?? ''),
    CardType: String(message.content.card_type ?? ''),
    ResponseCode: message.responseCode,
  });
}

/** A message as the control API shows it. */
export function presentMessage(message: Message) {
  return {
    msgId: message.msgId,
    at: message.atMs,
    suiteId: message.suiteId,
    corpId: message.corpId,
    msgType: message.msgType,
    ...faceOf(message),
    buttons: buttonsOf(message),
    toUserIds: message.toUserIds,
    invalidUserIds: message.invalidUserIds,
    unlicensedUserIds: message.unlicensedUserIds,
    droppedUserIds: message.droppedUserIds,
    recalled: message.recalled,
    content: message.content,
  };
}
