import { EventEmitter } from 'node:events';

/** What happened to one corp or one of its members, for whoever caches or waits. */
export type Changed = { readonly corpId: string; readonly userId: string | null };

/** In-process news. Not durable: a listener that misses one re-reads the store after its short TTL. */
export type EventBus = {
  readonly changed: (news: Changed) => void;
  /** Returns the function that stops listening. */
  readonly onChanged: (listener: (news: Changed) => void) => () => void;
  /** There is work for a job now: it runs without waiting for its next turn. Missed calls are made up by that turn. */
  readonly jobDue: (job: string) => void;
  readonly onJobDue: (listener: (job: string) => void) => () => void;
};

export function createEventBus(): EventBus {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    changed: (news) => void emitter.emit('changed', news),
    onChanged: (listener) => {
      emitter.on('changed', listener);
      return () => void emitter.off('changed', listener);
    },
    jobDue: (job) => void emitter.emit('jobDue', job),
    onJobDue: (listener) => {
      emitter.on('jobDue', listener);
      return () => void emitter.off('jobDue', listener);
    },
  };
}
