import { HOUR_MS, MINUTE_MS } from '../clock';
import { WireError } from '../http/wire-error';
import type { RateCount, RateLimit, RateWindow } from '../state/types';
import type { World } from '../world';

/** Whose call it is: the corp it is about, the app whose corp token it carries, the address it comes from. */
export type Caller = {
  readonly path: string;
  readonly corpId: string | null;
  readonly suiteId: string | null;
  readonly ip: string;
  /** Counts for nothing. */
  readonly free: boolean;
};

/** One call on its way. */
export type Passage = {
  /** Throws 45033 (too many at once when it came) or 45009 (too many in the window; blocked as long as that lasts). */
  check(): void;
  /** It has been answered. */
  leave(): void;
};

/** Counts calls where the setting `rateLimit` says so (page 90454). */
export function createRateLimit(world: World): (caller: Caller) => Passage {
  const underWay = new Map<string, number>();
  return (caller) => {
    const key = `${caller.corpId ?? ''} ${caller.path}`;
    const others = underWay.get(key) ?? 0;
    underWay.set(key, others + 1);
    return {
      check: () => {
        const limit = world.state.settings.rateLimit;
        if (limit === null || caller.free) return;
        if (caller.corpId !== null && others >= limit.parallel) throw new WireError(45033);
        for (const [counted, perMinute, perHour] of countsOf(caller, limit)) {
          countCall(world, counted, perMinute, perHour);
        }
      },
      leave: () => {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left > 0) underWay.set(key, left);
        else underWay.delete(key);
      },
    };
  };
}

/** Messages have limits of their own, and a login with a good code is not counted (page 90454). */
export function isFree(world: World, path: string, code: string | null): boolean {
  if (path === '/cgi-bin/message/send') return true;
  if (path !== '/cgi-bin/auth/getuserinfo') return false;
  const now = world.clock.now();
  return world.state.loginCodes.some((one) => one.code === code && !one.used && one.expiresAtMs > now);
}

type Counted = readonly [key: string, perMinute: number, perHour: number];

const TICKETS: readonly string[] = ['/cgi-bin/get_jsapi_ticket', '/cgi-bin/ticket/get'];

/** What a call counts for. Tickets for pages are counted by the hour only, each of the two calls by itself. */
function countsOf({ path, corpId, suiteId, ip }: Caller, limit: RateLimit): Counted[] {
  const address: Counted = [`${ip} ${path}`, limit.addressPerMinute, limit.addressPerHour];
  if (corpId === null) return [address];
  const corp: Counted = [`${corpId} ${path}`, limit.perMinute, limit.perHour];
  if (!TICKETS.includes(path)) return [address, corp];
  return [
    address,
    corp,
    [`ticket ${corpId} ${path}`, Infinity, limit.ticketsPerCorpHour],
    [`ticket ${suiteId ?? ''}/${corpId} ${path}`, Infinity, limit.ticketsPerAppHour],
  ];
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
