import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { endSend, refuseSend } from '../store/reminders';
import type { ReminderSendsTable } from '../store/schema';
import type { CorpRef } from '../wecom/client';
import { Message } from '../wecom/message';

/** WeCom's own guard against doubles reaches four hours back. */
const ONCE_WITHIN_SECONDS = 14_400;
/** Until then a message whose answer was lost may be sent again, word for word: WeCom drops the second. */
const AGAIN_WITHIN_MS = (ONCE_WITHIN_SECONDS - 600) * 1000;

type Send = Pick<ReminderSendsTable, 'id' | 'user_ids_json' | 'card_json' | 'first_tried_at_ms'>;

/**
 * Sends a message that is on record as being sent, and writes down WeCom's answer. Throws when WeCom was silent: the same
 * words go out again in the job's next attempt. What it refused was told to nobody, and its rungs are free again.
 */
export async function sendCard(deps: Deps, corp: CorpRef, send: Send): Promise<void> {
  const { clock, log, store, wecom } = deps;
  if (clock.now() - send.first_tried_at_ms >= AGAIN_WITHIN_MS) {
    const blank = { message_id: null, unlicensed_json: null, invalid_json: null };
    await endSend(store.db, send.id, { ...blank, state: 'unknown', ended_at_ms: clock.now(), message: null });
    deps.metrics.reminder('unknown');
    log.error({ corpId: corp.corpId }, 'it is not known whether a reminder reached anybody; it is not sent again');
    return;
  }
  try {
    const message = Message.parse({ toUserIds: JSON.parse(send.user_ids_json), card: JSON.parse(send.card_json) });
    const sent = await wecom.sendMessage(corp, { ...message, onceWithinSeconds: ONCE_WITHIN_SECONDS });
    await endSend(store.db, send.id, {
      state: 'sent',
      ended_at_ms: clock.now(),
      message_id: sent.messageId,
      unlicensed_json: JSON.stringify(sent.unlicensedUserIds),
      invalid_json: JSON.stringify(sent.invalidUserIds),
      message: sent.reachedNobody ? 'reached nobody' : null,
    });
    deps.metrics.reminder(sent.reachedNobody ? 'reached_nobody' : 'sent');
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    await store.transaction((trx) => refuseSend(trx, send.id, clock.now(), error.message));
    deps.metrics.reminder('refused');
    log.warn({ err: error, corpId: corp.corpId }, 'WeCom refused a reminder');
  }
}
