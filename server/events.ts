import { EventEmitter } from 'node:events';

/** What happened to one corp or one of its members, for whoever caches or waits. */
export type Changed = { readonly corpId: string; readonly userId: string | null };

/** One piece of news. None carries what changed, only where to look again; so a repeated or a late one does no harm. */
export type News =
  | ({ readonly kind: 'changed' } & Changed)
  | { readonly kind: 'jobDue'; readonly job: string }
  /** One session ended, or goes on from another entry. */
  | { readonly kind: 'sessionChanged'; readonly sidHash: string }
  /** A corp's tokens were deleted. */
  | { readonly kind: 'tokensDropped'; readonly corpId: string }
  /** WeCom has blocked something, or answers again after a block. */
  | { readonly kind: 'holdChanged'; readonly key: string }
  /** News may have been lost: nothing that is only remembered counts any more. */
  | { readonly kind: 'missed' };

/** Where news arose: in this process, or in another one on the same store. */
export type Origin = 'here' | 'elsewhere';

/** News between modules; `share-events` carries it to other processes. Not durable: short TTLs make up for what is lost. */
export type EventBus = {
  readonly publish: (news: News, origin?: Origin) => void;
  /** Returns the function that stops listening. */
  readonly subscribe: (listener: (news: News, origin: Origin) => void) => () => void;
  readonly changed: (news: Changed) => void;
  readonly onChanged: (listener: (news: Changed) => void) => () => void;
  /** There is work for a job now: it runs without waiting for its next turn. Missed calls are made up by that turn. */
  readonly jobDue: (job: string) => void;
  readonly onJobDue: (listener: (job: string) => void) => () => void;
};

export function createEventBus(): EventBus {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const publish: EventBus['publish'] = (news, origin = 'here') => void emitter.emit('news', news, origin);
  const subscribe: EventBus['subscribe'] = (listener) => {
    emitter.on('news', listener);
    return () => void emitter.off('news', listener);
  };
  return {
    publish,
    subscribe,
    changed: ({ corpId, userId }) => publish({ kind: 'changed', corpId, userId }),
    onChanged: (listener) =>
      subscribe((news) => {
        if (news.kind === 'changed') listener(news);
      }),
    jobDue: (job) => publish({ kind: 'jobDue', job }),
    onJobDue: (listener) =>
      subscribe((news) => {
        if (news.kind === 'jobDue') listener(news.job);
      }),
  };
}
