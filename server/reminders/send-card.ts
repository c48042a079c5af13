import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { noteUnlicensed } from '../licences/poll-order';
import { markSeatsDoubtful } from '../store/members';
import { endSend, freeRungs, refuseSend } from '../store/reminders';
import type { ReminderSendsTable } from '../store/schema';
import type { CorpRef } from '../wecom/client';
import { Message } from '../wecom/message';

/** WeCom's own guard against doubles reaches four hours back. */
const ONCE_WITHIN_SECONDS = 14_400;
/** Until then a message whose answer was lost may be sent again, word for word: WeCom drops the second. */
const AGAIN_WITHIN_MS = (ONCE_WITHIN_SECONDS - 600) * 1000;

type Send = Pick<ReminderSendsTable, 'id' | 'user_ids_json' | 'card_json' | 'first_tried_at_ms'>;

/**
 * Sends a message that was put on record just now, and writes down WeCom's answer. Throws when WeCom was silent: the same
 * words go out again in the job's next attempt. What it refused was told to nobody, and its rungs are free again.
 */
export async function sendCard(deps: Deps, corp: CorpRef, send: Send): Promise<void> {
  try {
    await deliver(deps, corp, send, true);
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    await deps.store.transaction((trx) => refuseSend(trx, send.id, deps.clock.now(), error.message));
    deps.metrics.reminder('refused');
    deps.log.warn({ err: error, corpId: corp.corpId }, 'WeCom refused a reminder');
  }
}

/**
 * Sends once more, word for word, a message whose answer was lost. Throws when WeCom was silent again, or refused for the
 * moment. What WeCom says now, of whom it reached as well, says nothing of the first time, so the rungs stay told: nobody is
 * to hear the same twice.
 */
export async function sendCardAgain(deps: Deps, corp: CorpRef, send: Send): Promise<void> {
  if (deps.clock.now() - send.first_tried_at_ms >= AGAIN_WITHIN_MS) return leaveUnknown(deps, corp, send);
  try {
    await deliver(deps, corp, send, false);
  } catch (error) {
    if (!(error instanceof WecomError) || error.retry !== 'never') throw error;
    await leaveUnknown(deps, corp, send);
  }
}

async function deliver(deps: Deps, corp: CorpRef, send: Send, isFirst: boolean): Promise<void> {
  const message = Message.parse({ toUserIds: JSON.parse(send.user_ids_json), card: JSON.parse(send.card_json) });
  const sent = await deps.wecom.sendMessage(corp, { ...message, onceWithinSeconds: ONCE_WITHIN_SECONDS });
  const { invalidUserIds, messageId, reachedNobody, unlicensedUserIds } = sent;
  await deps.store.transaction(async (trx) => {
    const isOurs = await endSend(trx, send.id, {
      state: 'sent',
      ended_at_ms: deps.clock.now(),
      message_id: messageId,
      unlicensed_json: JSON.stringify(unlicensedUserIds),
      invalid_json: JSON.stringify(invalidUserIds),
      message: reachedNobody ? 'reached nobody' : null,
    });
    // Whoever may receive it tomorrow is told then; today is spent.
    if (reachedNobody && isFirst && isOurs) await freeRungs(trx, send.id);
    // With the answer or not at all: nobody looks at it again to learn who holds no licence.
    for (const userId of unlicensedUserIds) await markSeatsDoubtful(trx, corp.corpId, userId);
  });
  deps.metrics.reminder(reachedNobody ? 'reached_nobody' : 'sent');
  await noteUnlicensed(deps, corp.corpId, unlicensedUserIds);
}

async function leaveUnknown({ clock, log, metrics, store }: Deps, corp: CorpRef, send: Send): Promise<void> {
  const blank = { message_id: null, unlicensed_json: null, invalid_json: null, message: null };
  await endSend(store.db, send.id, { ...blank, state: 'unknown', ended_at_ms: clock.now() });
  metrics.reminder('unknown');
  log.error({ corpId: corp.corpId }, 'it is not known whether a reminder reached anybody; it is not sent again');
}
