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

type Hold = { readonly untilMs: number; readonly lengthMs: number };

const LONGEST_MS = 3_600_000;

export function createHolds(clock: Clock): Holds {
  const holds = new LRUCache<string, Hold>({ max: 10_000 });
  const keyOf = ({ corpId, path }: Counted) => `${corpId ?? ''} ${path}`;
  return {
    check: (call) => {
      const leftMs = (holds.get(keyOf(call))?.untilMs ?? 0) - clock.now();
      if (leftMs <= 0) return;
      throw new AppError('wecom.rate_limited', { retryAfterMs: leftMs, logDetail: 'WeCom has blocked this call' });
    },
    block: (call) => {
      const earlier = holds.get(keyOf(call));
      const endedMs = earlier ? clock.now() - earlier.untilMs : Infinity;
      // A refusal of a call that was under way when the block was learned of tells nothing new.
      if (endedMs < 0) return -endedMs;
      const tooShort = earlier !== undefined && endedMs < earlier.lengthMs;
      const lengthMs = tooShort ? Math.min(2 * earlier.lengthMs, LONGEST_MS) : RATE_LIMIT_WINDOW_MS;
      holds.set(keyOf(call), { untilMs: clock.now() + lengthMs, lengthMs });
      return lengthMs;
    },
    release: (call) => void holds.delete(keyOf(call)),
  };
}
