import type { Context } from 'koa';
import type { World } from '../world';
import type { Fault } from '../state/types';

/** Longest that a call is held without an answer; any client has given up by then. */
const LONGEST_SILENCE_MS = 60_000;

/** Lets an ordered fault spoil this call. True when the call has been answered (or never will be). */
export async function spoil(world: World, ctx: Context): Promise<boolean> {
  const fault = takeFault(world, ctx.path);
  if (!fault) return false;
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? 1000);
      return false;
    case 'errcode':
      ctx.body = { errcode: fault.errcode ?? -1, errmsg: 'ordered by POST /sandbox/faults' };
      return true;
    case 'down':
      ctx.status = 503;
      ctx.type = 'text/html';
      ctx.body = '<html><body>503 Service Unavailable</body></html>';
      return true;
    case 'reset':
      ctx.respond = false;
      ctx.req.socket.destroy();
      return true;
    case 'timeout':
      await heldOpen(ctx, fault.ms ?? LONGEST_SILENCE_MS);
      ctx.respond = false;
      ctx.req.socket.destroy();
      return true;
  }
}

/** The first ordered fault for this path; counts it down. `*` ends a prefix, alone it means every API call. */
function takeFault(world: World, path: string): Fault | null {
  const fault = world.state.faults.find((candidate) => covers(candidate.endpoint, path));
  if (!fault) return null;
  if (fault.times !== null) {
    fault.times -= 1;
    if (fault.times <= 0) world.state.faults = world.state.faults.filter((other) => other !== fault);
  }
  return fault;
}

function covers(endpoint: string, path: string): boolean {
  return endpoint.endsWith('*') ? path.startsWith(endpoint.slice(0, -1)) : path === endpoint;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits this long, or until the caller hangs up. */
function heldOpen(ctx: Context, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ctx.req.socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
