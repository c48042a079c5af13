import { HOUR_MS, MINUTE_MS } from '../clock';
import { WireError } from '../http/wire-error';
import type { RateCount, RateWindow } from '../state/types';
import type { World } from '../world';

/** One call on its way. */
export type Passage = {
  /** Throws 45033 (too many at once when it came) or 45009 (too many in the window; blocked as long as that lasts). */
  check(): void;
  /** It has been answered. */
  leave(): void;
};

/** Counts calls per API and corp, where the setting `rateLimit` says so. */
export function createRateLimit(world: World): (path: string, corpId: string | null) => Passage {
  const underWay = new Map<string, number>();
  return (path, corpId) => {
    const key = `${corpId ?? ''} ${path}`;
    const others = underWay.get(key) ?? 0;
    underWay.set(key, others + 1);
    return {
      check: () => {
        const limit = world.state.settings.rateLimit;
        if (limit === null) return;
        if (others >= limit.parallel) throw new WireError(45033);
        countCall(world, key, limit.perMinute, limit.perHour);
      },
      leave: () => {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left > 0) underWay.set(key, left);
        else underWay.delete(key);
      },
    };
  };
}

function countCall(world: World, key: string, perMinute: number, perHour: number): void {
  const now = world.clock.now();
  const count = (world.state.rates[key] ??= newCount(now));
  if (now < count.blockedUntilMs) throw new WireError(45009);
  if (tooMany(count.minute, MINUTE_MS, perMinute, now)) block(count, now + MINUTE_MS);
  if (tooMany(count.hour, HOUR_MS, perHour, now)) block(count, now + HOUR_MS);
}

function newCount(nowMs: number): RateCount {
  const window = () => ({ startedAtMs: nowMs, calls: 0 });
  return { minute: window(), hour: window(), blockedUntilMs: 0 };
}

function tooMany(window: RateWindow, lengthMs: number, most: number, nowMs: number): boolean {
  if (nowMs >= window.startedAtMs + lengthMs) Object.assign(window, { startedAtMs: nowMs, calls: 0 });
  window.calls += 1;
  return window.calls > most;
}

function block(count: RateCount, untilMs: number): never {
  count.blockedUntilMs = untilMs;
  throw new WireError(45009);
}
