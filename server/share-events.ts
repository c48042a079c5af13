import type { Logger } from 'pino';
import { z } from 'zod';
import type { EventBus, News } from './events';
import type { Ids } from './ids';
import type { Metrics } from './metrics';
import { MOST_PAYLOAD_BYTES, type NewsChannel } from './store/news-channel';

export type SharedEvents = {
  /** Resolves when news of other processes is heard for the first time. */
  readonly listening: Promise<void>;
  /** Sends what is waiting, and stops listening. */
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly events: EventBus;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'newsHeard'>;
  readonly channel: NewsChannel;
};

const id = z.string().min(1);
const newsSchema: z.ZodType<News> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), corpId: id, userId: id.nullable() }),
  z.object({ kind: z.literal('jobDue'), job: id }),
  z.object({ kind: z.literal('sessionChanged'), sidHash: id }),
  z.object({ kind: z.literal('tokensDropped'), corpId: id }),
  z.object({ kind: z.literal('holdChanged'), key: id }),
  z.object({ kind: z.literal('missed') }),
]);
const messageSchema = z.object({ from: id, news: z.array(z.unknown()) });

const MISSED: News = { kind: 'missed' };
/** After a sending: in a burst of callbacks every piece would otherwise cost the store a commit of its own. */
const GATHER_MS = 10;
/** After a failed sending; what waits meanwhile becomes one "missed". */
const TRY_AGAIN_MS = 500;

/**
 * Carries news to and from every other process on the same database. News is published after its change was committed,
 * so whoever hears it reads the new state. What cannot be sent, cannot be read, or was sent while nobody listened becomes
 * `missed`: then everything remembered is dropped.
 */
export function shareEvents({ channel, events, ids, log, metrics }: Parts): SharedEvents {
  const self = ids.token(22);
  const outbox = createOutbox(channel, self, log);
  const unsubscribe = events.subscribe((news, origin) => {
    if (origin === 'here') outbox.add(news);
  });
  let heard = (): void => {};
  const listening = new Promise<void>((resolve) => (heard = resolve));
  const listener = channel.listen({
    onMessage: (payload) => {
      for (const news of readMessage(payload, self)) events.publish(news, 'elsewhere');
    },
    onListening: (again) => {
      log.info({ again }, 'listening for news of other instances');
      metrics.newsHeard(true);
      if (again) events.publish(MISSED, 'elsewhere');
      heard();
    },
    onBroken: (error) => {
      metrics.newsHeard(false);
      log.warn({ err: error }, 'news of other instances is not heard; connecting again');
    },
  });
  return {
    listening,
    stop: async () => {
      unsubscribe();
      await outbox.sent();
      await listener.stop();
    },
  };
}

/** Another process's news; a message or a kind of news that we do not know (of a newer release) counts as missed. */
function readMessage(payload: string, self: string): News[] {
  const message = messageSchema.safeParse(parseJson(payload));
  if (!message.success) return [MISSED];
  if (message.data.from === self) return [];
  return message.data.news.map((one) => newsSchema.safeParse(one).data ?? MISSED);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends at once; what arises while a sending is under way, or right after it, goes with the next, each piece once. */
function createOutbox(channel: NewsChannel, from: string, log: Logger) {
  const waiting = new Map<string, News>();
  let sending: Promise<void> | null = null;
  let stopping = false;

  async function sendAll(): Promise<void> {
    while (waiting.size > 0) {
      const news = [...waiting.values()];
      waiting.clear();
      try {
        await channel.send(pack(from, news));
        if (!stopping) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      } catch (error) {
        log.warn({ err: error, pieces: news.length }, 'news could not be sent to other instances');
        if (stopping) return;
        waiting.clear();
        waiting.set('missed', MISSED);
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS).unref());
      }
    }
  }

  return {
    add: (news: News): void => {
      waiting.set(JSON.stringify(news), news);
      sending ??= Promise.resolve()
        .then(sendAll)
        .finally(() => (sending = null));
    },
    sent: async (): Promise<void> => {
      stopping = true;
      await sending;
    },
  };
}

/** As few messages as PostgreSQL's limit allows. A piece too big for one message becomes `missed`. */
export function pack(from: string, news: readonly News[]): string[] {
  const messages: string[] = [];
  let open: News[] = [];
  const textOf = (pieces: readonly News[]): string => JSON.stringify({ from, news: pieces });
  const fits = (pieces: readonly News[]): boolean => Buffer.byteLength(textOf(pieces)) <= MOST_PAYLOAD_BYTES;
  for (const piece of news.map((one) => (fits([one]) ? one : MISSED))) {
    if (!fits([...open, piece])) {
      messages.push(textOf(open));
      open = [];
    }
    open.push(piece);
  }
  return open.length === 0 ? messages : [...messages, textOf(open)];
}
