import type { Context } from 'koa';
import { showRefusal } from '../http/refusal-page';
import { WireError } from '../http/wire-error';
import type { Fault } from '../state/types';
import { revokeToken } from '../tokens/issue';
import type { World } from '../world';

/** Longest that a call is held without an answer; any client has given up by then. */
const LONGEST_SILENCE_MS = 60_000;
const SLOW_MS = 1000;
const TOKEN_NAMES = ['access_token', 'suite_access_token', 'provider_access_token'];

/** Spoils a call before it has any effect. True when it has been answered (or never will be). An errcode: see refuseByFault. */
export async function spoilCall(world: World, ctx: Context, fault: Fault): Promise<boolean> {
  if (fault.kind === 'token_lost') {
    for (const name of TOKEN_NAMES) revokeToken(world, ctx.URL.searchParams.get(name) ?? '');
    return false;
  }
  return spoilTransport(ctx, fault);
}

/** Throws the errcode that was ordered, so that it is told as any other refusal. */
export function refuseByFault(fault: Fault | null): void {
  if (fault?.kind === 'errcode') throw new WireError(fault.errcode ?? -1, 'ordered by POST /sandbox/faults');
}

/** Spoils one of WeCom's pages; an errcode becomes its error page. True when it has been answered. */
export async function spoilPage(ctx: Context, fault: Fault): Promise<boolean> {
  if (fault.kind !== 'errcode') return spoilTransport(ctx, fault);
  showRefusal(ctx, () => {
    throw new WireError(fault.errcode ?? -1);
  });
  return true;
}

async function spoilTransport(ctx: Context, fault: Fault): Promise<boolean> {
  switch (fault.kind) {
    case 'slow':
      await heldOpen(ctx, fault.ms ?? SLOW_MS);
      return false;
    case 'down':
      ctx.status = 503;
      ctx.type = 'text/html';
      ctx.body = '<html><body>503 Service Unavailable</body></html>';
      return true;
    case 'reset':
      hangUp(ctx);
      return true;
    case 'timeout':
      await heldOpen(ctx, fault.ms ?? LONGEST_SILENCE_MS);
      hangUp(ctx);
      return true;
    default:
      return false;
  }
}

/** Spoils the answer of a call or a page that has had its effect. */
export async function spoilAnswer(ctx: Context, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'lost':
      return hangUp(ctx);
    case 'malformed':
      ctx.type = 'application/json';
      ctx.body = firstHalf(ctx);
      return;
    case 'slow_body':
      return inTwoParts(ctx, fault.ms ?? SLOW_MS, true);
    case 'half_body':
      return inTwoParts(ctx, fault.ms ?? 0, false);
    default:
  }
}

/** A page is text already, a call's answer an object. */
function textOf({ body }: Context): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function firstHalf(ctx: Context): string {
  const text = textOf(ctx);
  return text.slice(0, text.length >> 1);
}

/** Headers and half of the answer at once, the rest after a while or never. */
async function inTwoParts(ctx: Context, ms: number, whole: boolean): Promise<void> {
  const text = textOf(ctx);
  const half = firstHalf(ctx);
  ctx.respond = false;
  ctx.res.writeHead(ctx.status, { 'content-length': Buffer.byteLength(text) });
  ctx.res.write(half);
  await heldOpen(ctx, ms);
  if (whole) ctx.res.end(text.slice(half.length));
  else ctx.req.socket.destroy();
}

function hangUp(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}

/** Waits this long, or until the caller hangs up. */
function heldOpen(ctx: Context, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      ctx.req.socket.removeListener('close', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    ctx.req.socket.once('close', end);
  });
}
