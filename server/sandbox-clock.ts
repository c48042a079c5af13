import type { Logger } from 'pino';
import { z } from 'zod';
import { systemClock, type Clock } from './clock';

export type FollowedClock = { readonly clock: Clock; readonly close: () => void };

const FIRST_WITHIN_MS = 10_000;
const LONGEST_PAUSE_MS = 2_000;
const Tick = z.object({ now: z.number() });

/**
 * Follows the sandbox's clock at `${clockUrl}/stream`: between its messages our time runs with the machine's, and each
 * jump arrives at once. Throws when the sandbox is not heard of within ten seconds; a stream that breaks later is taken
 * up again, and time goes on meanwhile.
 */
export async function followSandboxClock(
  clockUrl: string,
  log: Logger,
  firstWithinMs = FIRST_WITHIN_MS,
): Promise<FollowedClock> {
  const stopped = new AbortController();
  let offsetMs: number | null = null;
  const first = new Promise<void>((resolve) => {
    const onTick = (nowMs: number): void => {
      offsetMs = nowMs - systemClock.now();
      resolve();
    };
    void follow(`${clockUrl.replace(/\/$/, '')}/stream`, onTick, stopped.signal, log);
  });
  if ((await Promise.race([first, pause(firstWithinMs, stopped.signal).then(() => 'late')])) === 'late') {
    stopped.abort();
    throw new Error(
      `CLOCK: nothing was heard from ${clockUrl} within ${firstWithinMs / 1000} s. Is the sandbox running?`,
    );
  }
  return { clock: { now: () => systemClock.now() + (offsetMs ?? 0) }, close: () => stopped.abort() };
}

async function follow(url: string, onTick: (nowMs: number) => void, signal: AbortSignal, log: Logger): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      for await (const nowMs of readTicks(url, signal)) {
        failures = 0;
        onTick(nowMs);
      }
    } catch (error) {
      if (!signal.aborted) log.debug({ err: error }, "the sandbox's clock is not heard; trying again");
    }
    await pause(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures), signal);
  }
}

/** The times of one connection, as they arrive. */
async function* readTicks(url: string, signal: AbortSignal): AsyncGenerator<number> {
  const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
  if (!response.ok || !response.body) throw new Error(`the clock answered ${response.status}`);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) yield Tick.parse(JSON.parse(line.slice(5))).now;
  }
}

/** Resolves after a while, or at once when everything stops. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
