import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors';
import { waitUntil, type Deadline } from './deadline';

/** What a call counts for: its path, and the corp it is about where there is one. */
export type Counted = { readonly path: string; readonly corpId?: string | undefined; readonly background?: boolean };
export type Window = { readonly points: number; readonly seconds: number };

/**
 * How often this instance asks. WeCom allows 10,000 a minute and 150,000 an hour per corp and API, and a provider 40,000
 * and 1,200,000 per address and API (90454): a quarter of it, so that four instances together stay below.
 */
export type BudgetLimits = { readonly perCorp: readonly Window[]; readonly perAddress: readonly Window[] };
export const WECOM_LIMITS: BudgetLimits = {
  perCorp: [
    { points: 2500, seconds: 60 },
    { points: 37_500, seconds: 3600 },
  ],
  perAddress: [
    { points: 10_000, seconds: 60 },
    { points: 300_000, seconds: 3600 },
  ],
};

/** Background work leaves the other half to people who wait. */
const BACKGROUND_SHARE = 0.5;

export type Budgets = {
  /** Counts one call; waits for room when that comes within the deadline, else throws `wecom.rate_limited`. */
  readonly take: (call: Counted, deadline: Deadline) => Promise<void>;
};

type Limiter = { readonly limiter: RateLimiterMemory; readonly keyOf: (call: Counted) => string | null };

export function createBudgets({ perAddress, perCorp }: BudgetLimits = WECOM_LIMITS): Budgets {
  const corpKey = ({ corpId, path }: Counted) => (corpId === undefined ? null : `${corpId} ${path}`);
  const limiters = [
    ...perCorp.flatMap((window) => limitersOf(window, corpKey)),
    ...perAddress.flatMap((window) => limitersOf(window, ({ path }) => path)),
  ];
  return {
    take: async (call, deadline) => {
      for (;;) {
        const waitMs = await consume(limiters, call);
        if (waitMs === 0) return;
        if (waitMs > deadline.leftMs())
          throw new AppError('wecom.rate_limited', { retryAfterMs: waitMs, logDetail: 'over our own budget' });
        await waitUntil(waitMs, deadline.signal);
      }
    },
  };
}

/** One for everybody, and a smaller one that only background work meets. */
function limitersOf(window: Window, keyOf: (call: Counted) => string | null): Limiter[] {
  const share = Math.max(1, Math.floor(window.points * BACKGROUND_SHARE));
  return [
    { limiter: new RateLimiterMemory({ points: share, duration: window.seconds }), keyOf: onlyBackground(keyOf) },
    { limiter: new RateLimiterMemory({ points: window.points, duration: window.seconds }), keyOf },
  ];
}

function onlyBackground(keyOf: (call: Counted) => string | null): (call: Counted) => string | null {
  return (call) => (call.background ? keyOf(call) : null);
}

/** 0 when there was room everywhere, else how long until there is. */
async function consume(limiters: readonly Limiter[], call: Counted): Promise<number> {
  for (const { keyOf, limiter } of limiters) {
    const key = keyOf(call);
    if (key === null) continue;
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return Math.max(1, refusal.msBeforeNext);
    }
  }
  return 0;
}
