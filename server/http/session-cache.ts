import { LRUCache } from 'lru-cache';
import type { EventBus } from '../events';
import type { Session } from './session';

/** A moment in the order of news; a reading begun before some news is not kept over it. */
type Mark = number;

/** Sessions read a moment ago, so that a visit's many requests read the store once. */
export type SessionCache = {
  readonly hashesOf: (token: string) => string[];
  readonly find: (token: string, nowMs: number) => Session | null;
  /** Take it before reading the store and hand it to `keep`. */
  readonly mark: () => Mark;
  readonly keep: (token: string, session: Session, nowMs: number, asOf: Mark) => void;
};

type Kept = { readonly session: Session; readonly memberKey: string; readonly readAtMs: number; readonly asOf: Mark };

const MOST_KEPT = 20_000;
/** How long a session may outlive its end when news of it was lost. */
const TTL_MS = 30_000;

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

  return {
    hashesOf,
    find: (token, nowMs) => {
      const one = kept.get(token);
      if (!one || !isCurrent(one)) return null;
      // Both ways: a test's or the sandbox's clock may jump back too.
      if (Math.abs(nowMs - one.readAtMs) > TTL_MS || nowMs >= one.session.expiresAtMs) return null;
      return one.session;
    },
    mark: () => mark,
    keep: (token, session, nowMs, asOf) => {
      kept.set(token, { session, memberKey: keyOf(session.corpId ?? '', session.userId), readAtMs: nowMs, asOf });
    },
  };
}

function keyOf(corpId: string, userId: string | null): string {
  return userId === null ? corpId : `${corpId}\n${userId}`;
}
