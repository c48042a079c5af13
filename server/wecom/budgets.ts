import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors';
import { waitUntil, type Deadline } from './deadline';

/** What a call counts for: its path, and the corp it is about where there is one. */
export type Counted = { readonly path: string; readonly corpId?: string | undefined; readonly background?: boolean };
export type Window = { readonly points: number; readonly seconds: number };

/** What WeCom allows per corp and API, a provider per address and API, and a corp of some calls (90454). */
export type WecomLimits = {
  readonly perCorp: readonly Window[];
  readonly perAddress: readonly Window[];
  readonly perCorpOf?: Readonly<Record<string, Window>>;
};
export const WECOM_LIMITS: WecomLimits = {
  perCorp: [
    { points: 10_000, seconds: 60 },
    { points: 150_000, seconds: 3600 },
  ],
  perAddress: [
    { points: 40_000, seconds: 60 },
    { points: 1_200_000, seconds: 3600 },
  ],
  perCorpOf: {
    '/cgi-bin/get_jsapi_ticket': { points: 400, seconds: 3600 },
    '/cgi-bin/ticket/get': { points: 100, seconds: 3600 },
  },
};

/** Our windows begin at other moments than WeCom's: into one of its windows two of ours can fall, each spent in full. */
const SAFE_SHARE = 0.5;
/** Background work does not take the other half, which is for people who wait. */
const BACKGROUND_SHARE = 0.5;

/**
 * One instance's part of one of WeCom's windows. Instances mostly reach WeCom from one address; where each has its own,
 * this is only more careful than need be.
 */
export function pointsOf(limit: Window, instances: number, background: boolean): number {
  const share = background ? SAFE_SHARE * BACKGROUND_SHARE : SAFE_SHARE;
  return Math.max(1, Math.floor((limit.points * share) / instances));
}

export type Budgets = {
  /** Counts one call; waits for room when that comes within the deadline, else throws `wecom.rate_limited`. */
  readonly take: (call: Counted, deadline: Deadline) => Promise<void>;
};

/** Counts what was spent in one of WeCom's windows. One record for each corp and path has to stay for an hour: keep few. */
type Limiter = {
  readonly limit: Window;
  readonly keyOf: (call: Counted) => string | null;
  readonly spent: RateLimiterMemory;
};

/**
 * How often this instance asks.
 * @param countInstances how many share WeCom's limits at present; a window under way goes on with what was spent in it
 */
export function createBudgets(limits: WecomLimits = WECOM_LIMITS, countInstances: () => number = () => 1): Budgets {
  const corpKey = ({ corpId, path }: Counted) => (corpId === undefined ? null : `${corpId} ${path}`);
  const limiters = [
    ...limits.perCorp.map((window) => limiterOf(window, corpKey)),
    ...limits.perAddress.map((window) => limiterOf(window, ({ path }) => path)),
    ...Object.entries(limits.perCorpOf ?? {}).map(([limited, window]) =>
      limiterOf(window, (call) => (call.path === limited ? corpKey(call) : null)),
    ),
  ];
  return {
    take: async (call, deadline) => {
      for (;;) {
        const waitMs = await consume(limiters, call, countInstances());
        if (waitMs === 0) return;
        if (waitMs > deadline.leftMs())
          throw new AppError('wecom.rate_limited', { retryAfterMs: waitMs, logDetail: 'over our own budget' });
        await waitUntil(waitMs, deadline.signal);
      }
    },
  };
}

function limiterOf(limit: Window, keyOf: Limiter['keyOf']): Limiter {
  return {
    limit,
    keyOf,
    spent: new RateLimiterMemory({ keyPrefix: '', points: limit.points, duration: limit.seconds }),
  };
}

/** 0 when there was room everywhere, else how long until there is; then nothing was spent. */
async function consume(limiters: readonly Limiter[], call: Counted, instances: number): Promise<number> {
  const giveBack: (() => Promise<unknown>)[] = [];
  for (const { keyOf, limit, spent } of limiters) {
    const key = keyOf(call);
    if (key === null) continue;
    // Whoever works in the background is refused earlier, by what everybody has spent.
    spent.points = pointsOf(limit, instances, call.background === true);
    // A refused one is counted too, and would be missing once there are fewer instances.
    giveBack.push(() => spent.reward(key));
    try {
      await spent.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await Promise.all(giveBack.map((one) => one()));
      return Math.max(1, refusal.msBeforeNext);
    }
  }
  return 0;
}
