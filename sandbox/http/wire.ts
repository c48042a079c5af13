import type { Context } from 'koa';
import type { z } from 'zod';
import { corpOfCall } from '../faults/corp-of-call';
import { createRateLimit } from '../faults/rate-limit';
import { spoilAnswer, spoilCall } from '../faults/spoil';
import { takeFault } from '../faults/take';
import type { World } from '../world';
import { readBody } from './body';
import type { Router } from './router';
import { errmsgOf, WireError } from './wire-error';

/** One call of WeCom's server API. */
export type Call = { readonly query: URLSearchParams; readonly body: unknown; readonly ip: string };
export type Answer = Record<string, unknown>;
export type WireHandler = (call: Call) => Answer;

/** Mounts WeCom's server API in its manner: always 200, JSON, errcode and errmsg. */
export type Wire = {
  get(path: string, handler: WireHandler): void;
  post(path: string, handler: WireHandler): void;
  /** As post, but a success carries no errcode: WeCom does so at some token calls (credentials.md). */
  postBare(path: string, handler: WireHandler): void;
};

export function createWire(router: Router, world: World): Wire {
  const enter = createRateLimit(world);
  const serve = (handler: WireHandler, bare: boolean) => async (ctx: Context) => {
    const ip = callerIp(ctx);
    const read = await readJson(ctx);
    const call: Call = { query: ctx.URL.searchParams, body: read.body, ip };
    const corpId = corpOfCall(world, call);
    const passage = enter(ctx.path, corpId);
    try {
      const fault = takeFault(world, ctx.path, corpId);
      if (fault && (await spoilCall(world, ctx, fault))) return;
      ctx.body = answerOf(world, handler, call, bare, () => {
        if (read.broken) throw new WireError(47001);
        passage.check();
      });
      if (fault) await spoilAnswer(ctx, fault);
    } finally {
      passage.leave();
    }
  };
  return {
    get: (path, handler) => router.get(path, serve(handler, false)),
    post: (path, handler) => router.post(path, serve(handler, false)),
    postBare: (path, handler) => router.post(path, serve(handler, true)),
  };
}

/** Runs one call; a refusal becomes an answer. `checkFirst` refuses before the call is looked at. */
function answerOf(world: World, handler: WireHandler, call: Call, bare: boolean, checkFirst: () => void): Answer {
  try {
    if (world.state.settings.ipAllowList?.includes(call.ip) === false) throw new WireError(60020);
    checkFirst();
    const answer = handler(call);
    return bare ? answer : { errcode: 0, errmsg: 'ok', ...answer };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { errcode: error.errcode, errmsg: errmsgOf(error, hint(world), call.ip), ...error.besides };
  }
}

async function readJson(ctx: Context): Promise<{ body: unknown; broken: boolean }> {
  if (ctx.method !== 'POST') return { body: {}, broken: false };
  const text = await readBody(ctx.req);
  try {
    return { body: text === '' ? {} : (JSON.parse(text) as unknown), broken: false };
  } catch {
    return { body: {}, broken: true };
  }
}

/** Reads what a call carries, or refuses with 40058 (or the code that fits better) naming the field. */
export function parseBody<T>(schema: z.ZodType<T>, call: Call, errcode = 40058): T {
  const parsed = schema.safeParse(call.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WireError(errcode, `invalid parameter ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** A form of success with an errcode but nothing else to say. */
export const DONE: Answer = {};

function callerIp(ctx: Context): string {
  return (ctx.req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function hint(world: World): string {
  return `${world.clock.now()}${String(world.state.nextSerial).padStart(6, '0')}`;
}
