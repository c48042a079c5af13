import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors';
import type { AppContext } from '../router';

/** How often one key may do something. A verdict refresh asks WeCom, whose own limits are shared by all corps. */
const LIMITS = {
  refresh: { points: 6, duration: 60 },
  request: { points: 10, duration: 60 },
  action: { points: 20, duration: 60 },
  login: { points: 30, duration: 60 },
  session: { points: 20, duration: 60 },
} as const;

export type LimitName = keyof typeof LIMITS;

export type Limits = {
  /** Throws `request.rate_limited` with the time to wait when `key` has used up what `name` allows. */
  readonly take: (name: LimitName, key: string) => Promise<void>;
};

/** Counted in this process: with several instances a key may do so many times as much. */
export function createLimits(): Limits {
  const limiters = new Map(Object.entries(LIMITS).map(([name, limit]) => [name, new RateLimiterMemory(limit)]));
  return {
    take: async (name, key) => {
      try {
        await limiters.get(name)?.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError('request.rate_limited', { retryAfterMs: refusal.msBeforeNext });
      }
    },
  };
}

/** Counts one use of `name` by `key` (a member, an address); throws `request.rate_limited` when there were too many. */
export function limit(ctx: AppContext, name: LimitName, key: string): Promise<void> {
  return ctx.limits.take(name, key);
}
