import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock';
import { AppError, RATE_LIMIT_WINDOW_MS } from '../errors';
import type { Counted } from './budgets';

/**
 * What WeCom has blocked, by corp and API, or by API where no corp is named: nothing is sent there until the block ends.
 * A block lasts as long as its window (90454), but the answer does not say which: a minute is waited first, and twice as
 * long each time that turns out to have been too short, up to an hour.
 */
export type Holds = {
  /** Throws `wecom.rate_limited` while calls like this one are blocked. */
  readonly check: (call: Counted) => void;
  /** Remembers a block; returns how long it is held. */
  readonly block: (call: Counted) => number;
  /** An answer ends the doubling. */
  readonly release: (call: Counted) => void;
};

/** As this process remembers them, open to what others know. */
export type HeldHere = Holds & {
  /** Another instance holds this; the hold that ends later counts. */
  readonly learn: (key: string, hold: Hold) => void;
  /** Forgets a hold that is over, and returns it; one that lasts goes on. */
  readonly forget: (key: string) => Hold | null;
  readonly keys: () => readonly string[];
};

export type Hold = { readonly untilMs: number; readonly lengthMs: number };
export type HoldListener = {
  readonly held: (key: string, hold: Hold) => void;
  readonly released: (key: string, hold: Hold) => void;
};

export const LONGEST_HOLD_MS = 3_600_000;
export const MOST_HOLDS = 10_000;

/** @param listener is told what this process learns from WeCom, not what it learns from others. */
export function createHolds(clock: Clock, listener?: HoldListener): HeldHere {
  const holds = new LRUCache<string, Hold>({ max: MOST_HOLDS });
  const keyOf = ({ corpId, path }: Counted) => `${corpId ?? ''} ${path}`;

  /** One that ends later than any block lasts was made by a clock that has been set back since. */
  function find(key: string): Hold | null {
    const hold = holds.get(key);
    return hold === undefined || hold.untilMs - clock.now() > LONGEST_HOLD_MS ? null : hold;
  }

  /** A call that was under way when the block was learned of tells nothing new, neither by its refusal nor by its answer. */
  function forget(key: string): Hold | null {
    const hold = find(key);
    if (hold === null || hold.untilMs > clock.now()) return null;
    holds.delete(key);
    return hold;
  }

  return {
    check: (call) => {
      const leftMs = (find(keyOf(call))?.untilMs ?? 0) - clock.now();
      if (leftMs <= 0) return;
      throw new AppError('wecom.rate_limited', { retryAfterMs: leftMs, logDetail: 'WeCom has blocked this call' });
    },
    block: (call) => {
      const earlier = find(keyOf(call));
      const endedMs = earlier ? clock.now() - earlier.untilMs : Infinity;
      if (endedMs < 0) return -endedMs;
      const tooShort = earlier !== null && endedMs < earlier.lengthMs;
      const lengthMs = tooShort ? Math.min(2 * earlier.lengthMs, LONGEST_HOLD_MS) : RATE_LIMIT_WINDOW_MS;
      const hold = { untilMs: clock.now() + lengthMs, lengthMs };
      holds.set(keyOf(call), hold);
      listener?.held(keyOf(call), hold);
      return lengthMs;
    },
    release: (call) => {
      const ended = forget(keyOf(call));
      if (ended !== null) listener?.released(keyOf(call), ended);
    },
    learn: (key, hold) => {
      if ((find(key)?.untilMs ?? 0) < hold.untilMs) holds.set(key, hold);
    },
    forget,
    keys: () => [...holds.keys()],
  };
}
