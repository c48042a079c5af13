import { LRUCache } from 'lru-cache';
import type { Language } from '../../domain/words/messages';
import type { Deps } from '../deps';
import type { Changed, EventBus } from '../events';
import type { Judged } from './judged';

/** A reading of WeCom that is under way; whoever needs the same one joins it. */
export type Flight = { readonly runningMs: () => number; readonly done: Promise<void> };

/** A judged visit that may be given out again while nothing can have changed. */
export type RecentVisit = {
  readonly judged: Judged;
  /** How much news there had been before the facts were read. */
  readonly asOfNews: number;
  readonly expiresAtMs: number;
  /** The verdict's JSON, by language. */
  readonly presented: Map<Language, string>;
};

export type LastJudged = Pick<RecentVisit, 'judged' | 'asOfNews'>;

/** What one process remembers between visits. Nothing here is needed for being right, only for being quick. */
export type ProcessMemory = {
  readonly flights: Map<string, Flight>;
  /** When a source was last found silent, in the clock's milliseconds. */
  readonly silences: LRUCache<string, number>;
  readonly visits: LRUCache<string, RecentVisit>;
  /** A member's newest judged visit per capability, however old: for while the store cannot be reached. */
  readonly lastJudged: LRUCache<string, LastJudged>;
  /** Attempts to activate that this process runs, by member. */
  readonly attempts: Map<string, Promise<void>>;
  /** Aborted once the process can wait for its attempts no longer. */
  readonly leaving: AbortController;
  /** Number of the newest news about anybody. */
  readonly newsCount: () => number;
  /** Whether something was heard of the corp or the member after that number. */
  readonly heardSince: (asOfNews: number, corpId: string, userId: string) => boolean;
};

const VISITS_KEPT = 20_000;
const NEWS_KEPT = 20_000;
const SILENCES_KEPT = 5000;

const memories = new WeakMap<EventBus, ProcessMemory>();

/** The memory that belongs to these Deps, made at first use. */
export function memoryOf({ events }: Pick<Deps, 'events'>): ProcessMemory {
  return memories.get(events) ?? createMemory(events);
}

function createMemory(events: EventBus): ProcessMemory {
  const news = new LRUCache<string, number>({ max: NEWS_KEPT });
  let count = 0;
  let missedAt = 0;
  events.subscribe((heard) => {
    if (heard.kind === 'missed') missedAt = count += 1;
    if (heard.kind === 'changed') news.set(keyOf(heard), (count += 1));
  });
  const memory: ProcessMemory = {
    flights: new Map(),
    silences: new LRUCache({ max: SILENCES_KEPT }),
    visits: new LRUCache({ max: VISITS_KEPT }),
    lastJudged: new LRUCache({ max: VISITS_KEPT }),
    attempts: new Map(),
    leaving: new AbortController(),
    newsCount: () => count,
    heardSince: (asOfNews, corpId, userId) =>
      Math.max(missedAt, news.get(corpId) ?? 0, news.get(memberKey(corpId, userId)) ?? 0) > asOfNews,
  };
  memories.set(events, memory);
  return memory;
}

function keyOf({ corpId, userId }: Changed): string {
  return userId === null ? corpId : memberKey(corpId, userId);
}

/** A member in one text; no id of WeCom's holds a blank. */
export function memberKey(corpId: string, userId: string): string {
  return `${corpId} ${userId}`;
}

/** Resolves when nothing this process began for a licence is running any more. For an orderly end, and for tests. */
export async function licenceWorkEnds(deps: Pick<Deps, 'events'>): Promise<void> {
  const memory = memoryOf(deps);
  while (memory.flights.size > 0 || memory.attempts.size > 0) {
    const flights = [...memory.flights.values()].map((flight) => flight.done);
    await Promise.allSettled([...flights, ...memory.attempts.values()]);
  }
}

/** Gives up the attempts that still run: they write nothing more, and the next one takes over when their time is over. */
export function abandonAttempts(deps: Pick<Deps, 'events'>): void {
  memoryOf(deps).leaving.abort();
}
