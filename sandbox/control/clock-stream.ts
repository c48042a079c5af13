import type { Context } from 'koa';
import { PassThrough } from 'node:stream';
import { SECOND_MS } from '../clock';

const SAY_AGAIN_MS = 10 * SECOND_MS;

/** Tells listeners what time it is: when they come, whenever the clock is moved, and every ten seconds. */
export type ClockStream = {
  serve(ctx: Context): void;
  announce(): void;
  close(): void;
};

export function createClockStream(now: () => number): ClockStream {
  const listeners = new Set<PassThrough>();
  const line = () => `data: {"now":${now()}}\n\n`;
  const announce = () => listeners.forEach((listener) => listener.write(line()));
  const timer = setInterval(announce, SAY_AGAIN_MS);
  timer.unref();
  return {
    serve: (ctx) => {
      const listener = new PassThrough();
      ctx.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      ctx.status = 200;
      ctx.body = listener;
      listeners.add(listener);
      ctx.req.once('close', () => listeners.delete(listener));
      listener.write(line());
    },
    announce,
    close: () => {
      clearInterval(timer);
      listeners.forEach((listener) => listener.end());
      listeners.clear();
    },
  };
}
