import { LRUCache } from 'lru-cache';
import type { EventBus } from '../events';
import type { Session } from './session';

/** A moment in the order of news; a reading begun before some news is not kept over it. */
type Mark = number;

/** Sessions read a moment ago, so that a visit's many requests read the store once. */
export type SessionCache = {
  readonly hashesOf: (token: string) => string[];
  readonly find: (token: string, nowMs: number) => Session | null;
  /** One read within the last `graceMs`, for while the store cannot be asked; nothing contrary may have been heard. */
  readonly findOld: (token: string, nowMs: number, graceMs: number) => Session | null;
  /** Take it before reading the store and hand it to `keep`. */
  readonly mark: () => Mark;
  readonly keep: (token: string, session: Session, nowMs: number, asOf: Mark) => void;
};

type Kept = {
  readonly session: Session;
  readonly memberKey: string;
  readonly readAtMs: number;
  /** Until when the store need not be asked. */
  readonly goodToMs: number;
  readonly asOf: Mark;
};

const MOST_KEPT = 20_000;
/** How long a session may outlive its end when news of it was lost. */
const TTL_MS = 30_000;
/** After the store was found silent it is asked again for this session after so long. */
const ASK_AGAIN_MS = 1000;

/** Drops what `events` says has changed: one look at two maps per request instead of a search per piece of news. */
export function createSessionCache(events: EventBus, hashesOf: SessionCache['hashesOf']): SessionCache {
  const kept = new LRUCache<string, Kept>({ max: MOST_KEPT });
  const newsAt = new LRUCache<string, Mark>({ max: MOST_KEPT });
  let mark: Mark = 0;
  let missedAt: Mark = 0;
  events.subscribe((news) => {
    if (news.kind === 'changed') newsAt.set(keyOf(news.corpId, news.userId), ++mark);
    if (news.kind === 'sessionChanged') newsAt.set(news.sidHash, ++mark);
    if (news.kind === 'missed') missedAt = ++mark;
  });

  const heardAt = (key: string): Mark => newsAt.get(key) ?? 0;
  const isCurrent = ({ asOf, memberKey, session: { corpId, sidHash } }: Kept): boolean =>
    Math.max(missedAt, heardAt(sidHash), heardAt(memberKey), corpId === null ? 0 : heardAt(corpId)) <= asOf;

  const findLive = (token: string, nowMs: number): Kept | null => {
    const one = kept.get(token);
    return one && isCurrent(one) && nowMs < one.session.expiresAtMs ? one : null;
  };

  return {
    hashesOf,
    find: (token, nowMs) => {
      const one = findLive(token, nowMs);
      // A test's or the sandbox's clock may jump back too.
      return one && nowMs <= one.goodToMs && nowMs >= one.goodToMs - TTL_MS ? one.session : null;
    },
    findOld: (token, nowMs, graceMs) => {
      const one = findLive(token, nowMs);
      if (!one || Math.abs(nowMs - one.readAtMs) > graceMs) return null;
      kept.set(token, { ...one, goodToMs: nowMs + ASK_AGAIN_MS });
      return one.session;
    },
    mark: () => mark,
    keep: (token, session, nowMs, asOf) => {
      const memberKey = keyOf(session.corpId ?? '', session.userId);
      kept.set(token, { session, memberKey, readAtMs: nowMs, goodToMs: nowMs + TTL_MS, asOf });
    },
  };
}

function keyOf(corpId: string, userId: string | null): string {
  return userId === null ? corpId : `${corpId}\n${userId}`;
}
