import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import type { AppContext } from '../router';

/** How often one key may do something. A verdict refresh asks WeCom, whose own limits are shared by all corps. */
const LIMITS = {
  refresh: { points: 6, duration: 60 },
  request: { points: 10, duration: 60 },
  action: { points: 20, duration: 60 },
} as const;

/** Made by migration 0005. */
const TABLE = 'rate_limits';

export type LimitName = keyof typeof LIMITS;

export type Limits = {
  /** Throws `request.rate_limited` with the time to wait when `key` has used up what `name` allows. */
  readonly take: (name: LimitName, key: string) => Promise<void>;
};

/** Counted over all instances where they share a PostgreSQL, else (or while it cannot be reached) in this process. */
export function createLimits(shared: Deps['store']['shared']): Limits {
  const limiters = new Map<string, RateLimiterAbstract>();
  for (const [name, limit] of Object.entries(LIMITS)) {
    const own = new RateLimiterMemory({ ...limit, keyPrefix: name });
    limiters.set(name, shared ? acrossInstances(shared, name, limit, own) : own);
  }
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

function acrossInstances(
  { pool }: NonNullable<Deps['store']['shared']>,
  name: string,
  limit: { readonly points: number; readonly duration: number },
  own: RateLimiterMemory,
): RateLimiterAbstract {
  return new RateLimiterPostgres({
    ...limit,
    storeClient: pool,
    storeType: 'pool',
    tableName: TABLE,
    tableCreated: true,
    keyPrefix: name,
    insuranceLimiter: own,
  });
}

/** Counts one use of `name` by `key` (a member); throws `request.rate_limited` when there were too many. */
export function limit(ctx: AppContext, name: LimitName, key: string): Promise<void> {
  return ctx.limits.take(name, key);
}
