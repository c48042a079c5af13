import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { memoryOf } from './process-memory';

/** After a source was silent, visits do not wait for it again for this long. */
const SILENCE_MS = 3000;

type Work = () => Promise<void>;

/**
 * Runs a reading, or joins the one of the same key that is under way. Rejects as the reading does. It goes on when its
 * callers have stopped waiting.
 */
export function refreshOnce(deps: Deps, key: string, work: Work): Promise<void> {
  const { flights } = memoryOf(deps);
  const running = flights.get(key);
  if (running !== undefined) return running.done;
  const done = work().finally(() => flights.delete(key));
  flights.set(key, { runningMs: startStopwatch(), done });
  // With no caller left to see it, a failure would otherwise end the process.
  void Promise.allSettled([done]);
  return done;
}

/** A reading that surely began after this call: news must not be answered by a reading older than it. */
export async function refreshAfresh(deps: Deps, key: string, work: Work): Promise<void> {
  const running = memoryOf(deps).flights.get(key);
  if (running !== undefined) await Promise.allSettled([running.done]);
  await refreshOnce(deps, key, work);
}

/**
 * Waits for a reading within what a page may wait. True when it ended well in time. A failure is logged and counts as
 * silence, as does lateness; a reading that is late already, or a source that was silent a moment ago, is not waited for,
 * unless a person insists.
 */
export async function refreshInTime(
  deps: Deps,
  key: string,
  work: Work,
  limitMs: number,
  insists = false,
): Promise<boolean> {
  const { flights, silences } = memoryOf(deps);
  const silentFor = deps.clock.now() - (silences.get(key) ?? Number.NEGATIVE_INFINITY);
  if (!insists && silentFor >= 0 && silentFor < SILENCE_MS) return false;
  const runningMs = flights.get(key)?.runningMs() ?? 0;
  const ended = refreshOnce(deps, key, work).then(
    () => true,
    (error: unknown) => {
      silences.set(key, deps.clock.now());
      deps.log.warn({ err: error, source: key.split(' ')[0] }, 'a fact could not be read from WeCom');
      return false;
    },
  );
  return within(ended, limitMs - runningMs);
}

/** The promise's value, or false when the time is over first. */
async function within(ended: Promise<boolean>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, limitMs));
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
