import { z } from 'zod';
import { checkAsked } from './asked';
import { wireCard, wireTemplateCard } from './card';
import type { CorpRef, Wecom } from './client';
import { CardChange, MediaMessage, Message, type AppMessage, type SentMessage } from './message';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireId, wireList, wireNothing, wireNumber, wireText } from './wire';

type MessageApi = Pick<Wecom, 'sendMessage' | 'changeCard' | 'recallMessage'>;

/** "Every recipient is invalid, out of range or unlicensed": the lists say who, where WeCom gives them. */
const REACHED_NOBODY = 81013;

const sent = z.object({
  errcode: wireNumber.nullish(),
  invaliduser: wireText,
  unlicenseduser: wireText,
  msgid: wireText,
  response_code: wireText,
});
const changed = z.object({ invaliduser: wireList(wireId) });

/** The app's messages (messaging-and-jssdk.md, section 1), with the corp's own token. */
export function createMessageApi(request: WecomRequest, tokens: TokenKeeper): MessageApi {
  const call = <T>(corp: CorpRef, name: string, body: object, schema: z.ZodType<T>, readable: readonly number[] = []) =>
    tokens.withCorpToken(corp, (token) => {
      const query = { access_token: token };
      return request({ path: `/cgi-bin/message/${name}`, query, body, schema, readable, corpId: corp.corpId });
    });
  return {
    /** message/send (90372 third-party, 90236 custom). A success may have reached some only: both lists are read. */
    sendMessage: async (corp, message) => {
      const { confidential, content, onceWithinSeconds, toUserIds } = readMessage(message);
      const body = {
        touser: toUserIds.join('|'),
        agentid: agentNumber(corp),
        ...content,
        ...(confidential && { safe: 1 }),
        ...(onceWithinSeconds && { enable_duplicate_check: 1, duplicate_check_interval: onceWithinSeconds }),
      };
      return readSent(await call(corp, 'send', body, sent, [REACHED_NOBODY]), toUserIds);
    },
    /** message/update_template_card. */
    changeCard: async (corp, change) => {
      const { responseCode, to, userIds } = checkAsked(CardChange, change);
      const face =
        'buttonText' in to ? { button: { replace_name: to.buttonText } } : { template_card: wireTemplateCard(to) };
      const body = { userids: userIds, agentid: agentNumber(corp), response_code: responseCode, ...face };
      const { invaliduser } = await call(corp, 'update_template_card', body, changed);
      return { missedUserIds: asSent(invaliduser, userIds) };
    },
    /** message/recall. */
    recallMessage: async (corp, messageId) => {
      await call(corp, 'recall', { msgid: messageId }, wireNothing);
    },
  };
}

/** `content`: `msgtype` and the part named after it. */
function readMessage(message: AppMessage) {
  if (!('media' in message)) {
    const { card, ...envelope } = checkAsked(Message, message);
    return { ...envelope, content: wireCard(card) };
  }
  const { media, ...envelope } = checkAsked(MediaMessage, message);
  return { ...envelope, content: { msgtype: media.kind, [media.kind]: { media_id: media.mediaId } } };
}

function agentNumber(corp: CorpRef): number {
  const Agent = z.object({ agentId: z.string().regex(/^\d+$/).transform(Number) });
  return checkAsked(Agent, { agentId: corp.agentId ?? '' }).agentId;
}

function readSent(answer: z.output<typeof sent>, toUserIds: readonly string[]): SentMessage {
  return {
    messageId: answer.msgid,
    responseCode: answer.response_code,
    invalidUserIds: asSent(splitIds(answer.invaliduser), toUserIds),
    unlicensedUserIds: asSent(splitIds(answer.unlicenseduser), toUserIds),
    reachedNobody: answer.errcode === REACHED_NOBODY,
  };
}

/** Joined by `|`. */
function splitIds(joined: string | null): string[] {
  return (joined ?? '').split('|').flatMap((name) => name.trim() || []);
}

/** WeCom names people in lower case whatever was sent: given back as they were asked for. */
function asSent(userIds: readonly string[], toUserIds: readonly string[]): string[] {
  const byLowerCase = new Map(toUserIds.map((userId) => [userId.toLowerCase(), userId]));
  return userIds.map((userId) => byLowerCase.get(userId.toLowerCase()) ?? userId);
}
