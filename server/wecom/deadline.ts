import { AppError } from '../errors';
import { monotonicMs } from '../clock';

/** What a call has left: `signal` ends its HTTP, `leftMs` tells whether waiting for something makes sense. */
export type Deadline = { readonly signal: AbortSignal; readonly leftMs: () => number };

/**
 * Runs `work` for at most `ms`, and settles by then whatever `work` does. A timer of our own, not AbortSignal.timeout:
 * Node holds such a signal weakly, and one that is only followed (AbortSignal.any) may be collected before it fires.
 */
export async function withDeadline<T>(ms: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const endsAtMs = monotonicMs() + ms;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const fault = new AppError('wecom.timeout', { logDetail: `nothing within ${ms} ms` });
      reject(fault);
      controller.abort(fault);
    }, ms);
  });
  try {
    return await Promise.race([work({ signal: controller.signal, leftMs: () => endsAtMs - monotonicMs() }), over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, or ends with the signal's reason. */
export function waitUntil(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
