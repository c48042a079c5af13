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
 * A corp's hour is kept only for who asks much: of each minute's calls so small a share of what the hour allows is not
 * counted, but taken off the hour's room beforehand. A record for each corp and path would otherwise stay for an hour,
 * and nearly all corps never make more calls than that.
 */
const UNCOUNTED_SHARE = 0.05;

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

/** Counts what was spent in one of WeCom's windows. */
type Limiter = {
  readonly limit: Window;
  readonly keyOf: (call: Counted) => string | null;
  readonly spent: RateLimiterMemory;
  /** A shorter window over the same calls, counted before: what is little there is not counted here. */
  readonly within?: Limiter;
};

/**
 * How often this instance asks.
 * @param countInstances how many share WeCom's limits at present; a window under way goes on with what was spent in it
 */
export function createBudgets(limits: WecomLimits = WECOM_LIMITS, countInstances: () => number = () => 1): Budgets {
  const corpKey = ({ corpId, path }: Counted) => (corpId === undefined ? null : `${corpId} ${path}`);
  const limiters = [
    ...nested(limits.perCorp, corpKey),
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

/** @param windows the shortest first */
function nested(windows: readonly Window[], keyOf: Limiter['keyOf']): Limiter[] {
  const limiters: Limiter[] = [];
  for (const window of windows) limiters.push({ ...limiterOf(window, keyOf), within: limiters.at(-1) });
  return limiters;
}

function limiterOf(limit: Window, keyOf: Limiter['keyOf']): Limiter {
  return {
    limit,
    keyOf,
    spent: new RateLimiterMemory({ keyPrefix: '', points: limit.points, duration: limit.seconds }),
  };
}

/**
 * What one instance may count in a window, and how many calls of each shorter window it need not count there. As many of
 * those as can overlap the longer one are taken off its room, each with all that it may leave out.
 */
export function roomOf(
  limit: Window,
  within: Window | undefined,
  instances: number,
  background: boolean,
): { readonly points: number; readonly uncounted: number } {
  const points = pointsOf(limit, instances, background);
  if (within === undefined) return { points, uncounted: 0 };
  const overlapping = Math.ceil(limit.seconds / within.seconds) + 1;
  // The same for everybody: people's calls and background work are counted together.
  const uncounted = Math.floor((pointsOf(limit, instances, true) * UNCOUNTED_SHARE) / overlapping);
  return { points: points - overlapping * uncounted, uncounted };
}

/** 0 when there was room everywhere, else how long until there is; then nothing was spent. */
async function consume(limiters: readonly Limiter[], call: Counted, instances: number): Promise<number> {
  const giveBack: (() => Promise<unknown>)[] = [];
  const spentOf = new Map<Limiter | undefined, number>();
  for (const limiter of limiters) {
    const { keyOf, limit, spent, within } = limiter;
    const key = keyOf(call);
    if (key === null) continue;
    // Whoever works in the background is refused earlier, by what everybody has spent.
    const { points, uncounted } = roomOf(limit, within?.limit, instances, call.background === true);
    if ((spentOf.get(within) ?? Infinity) <= uncounted) continue;
    spent.points = points;
    // A refused one is counted too, and would be missing once there are fewer instances.
    giveBack.push(() => spent.reward(key));
    try {
      spentOf.set(limiter, (await spent.consume(key)).consumedPoints);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      await Promise.all(giveBack.map((one) => one()));
      return Math.max(1, refusal.msBeforeNext);
    }
  }
  return 0;
}
