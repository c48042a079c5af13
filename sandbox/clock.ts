/** Milliseconds in the spans that WeCom's rules count in. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Shanghai has no daylight saving: a fixed offset is its whole calendar. */
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

/** WeCom's time: the machine's plus an offset, or standing still when it does not run by itself. */
export type SandboxClock = {
  now(): number;
  /** Moves to this moment, forwards or (restore) backwards. */
  moveTo(ms: number): void;
  /** Runs `work` as if it were that moment, then returns to the present. Not for asynchronous work. */
  during<T>(ms: number, work: () => T): T;
};

/** The only reader of the machine's clock in the sandbox. `runs` false: time stands still until it is moved. */
export function createClock(startAtMs: number | null, runs: boolean): SandboxClock {
  const machine = runs ? () => Date.now() : () => 0;
  let offsetMs = (startAtMs ?? Date.now()) - machine();
  let pinnedMs: number | null = null;
  const now = () => pinnedMs ?? machine() + offsetMs;
  return {
    now,
    moveTo: (ms) => {
      offsetMs = ms - machine();
    },
    during: (ms, work) => {
      const before = pinnedMs;
      pinnedMs = ms;
      try {
        return work();
      } finally {
        pinnedMs = before;
      }
    },
  };
}

/** The time that others are told: WeCom's own, unless the setting `clockSkewMs` puts their clocks wrong. */
export function toldTime(world: { clock: SandboxClock; state: { settings: { clockSkewMs: number } } }): number {
  return world.clock.now() + world.state.settings.clockSkewMs;
}

/** How long something on this machine took, whatever WeCom's time does meanwhile. Call the result for the milliseconds. */
export function startStopwatch(): () => number {
  const startedAt = performance.now();
  return () => Math.round(performance.now() - startedAt);
}

/** Midnight that began this moment's day in Shanghai. */
export function startOfShanghaiDay(ms: number): number {
  return Math.floor((ms + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** The first moment after `afterMs` at this hour of Shanghai's day. */
export function nextShanghaiHour(afterMs: number, hour: number): number {
  const sameDay = startOfShanghaiDay(afterMs) + hour * HOUR_MS;
  return sameDay > afterMs ? sameDay : sameDay + DAY_MS;
}

/** Unix seconds, as WeCom writes times. */
export const toSeconds = (ms: number): number => Math.floor(ms / SECOND_MS);
