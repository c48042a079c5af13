import { z } from 'zod';
import { checkAsked } from './asked';
import type { CorpRef, Wecom } from './client';
import { wireCard } from './card';
import { Message, type SentMessage } from './message';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireNumber, wireText } from './wire';

type MessageApi = Pick<Wecom, 'sendMessage'>;

/** "Every recipient is invalid, out of range or unlicensed": the lists say who, where WeCom gives them. */
const REACHED_NOBODY = 81013;

const sent = z.object({
  errcode: wireNumber.nullish(),
  invaliduser: wireText,
  unlicenseduser: wireText,
  msgid: wireText,
  response_code: wireText,
});

/** The app's messages (messaging-and-jssdk.md, section 1), with the corp's own token. */
export function createMessageApi(request: WecomRequest, tokens: TokenKeeper): MessageApi {
  return {
    /** message/send (90372 third-party, 90236 custom). A success may have reached some only: both lists are read. */
    sendMessage: async (corp, message) => {
      const { card, confidential, onceWithinSeconds, toUserIds } = checkAsked(Message, message);
      const body = {
        touser: toUserIds.join('|'),
        agentid: agentNumber(corp),
        ...wireCard(card),
        ...(confidential && { safe: 1 }),
        ...(onceWithinSeconds && { enable_duplicate_check: 1, duplicate_check_interval: onceWithinSeconds }),
      };
      const call = { path: '/cgi-bin/message/send', body, schema: sent, readable: [REACHED_NOBODY] };
      const answer = await tokens.withCorpToken(corp, (token) => request({ ...call, query: { access_token: token } }));
      return readSent(answer, toUserIds);
    },
  };
}

export function agentNumber(corp: CorpRef): number {
  return checkAsked(z.object({ agentId: z.string().regex(/^\d+$/).transform(Number) }), {
    agentId: corp.agentId ?? '',
  }).agentId;
}

function readSent(answer: z.output<typeof sent>, toUserIds: readonly string[]): SentMessage {
  return {
    messageId: answer.msgid,
    responseCode: answer.response_code,
    invalidUserIds: readUserIds(answer.invaliduser, toUserIds),
    unlicensedUserIds: readUserIds(answer.unlicenseduser, toUserIds),
    reachedNobody: answer.errcode === REACHED_NOBODY,
  };
}

/** Joined by `|`, and in lower case whatever was sent: given back as they were asked for. */
function readUserIds(joined: string | null, toUserIds: readonly string[]): string[] {
  const asSent = new Map(toUserIds.map((userId) => [userId.toLowerCase(), userId]));
  const names = (joined ?? '').split('|').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => asSent.get(name.toLowerCase()) ?? name);
}
