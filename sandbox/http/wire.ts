import type { Context } from 'koa';
import type { z } from 'zod';
import type { World } from '../world';
import { readBody } from './body';
import { spoil } from './faults';
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
  const serve = (handler: WireHandler, bare: boolean) => async (ctx: Context) => {
    if (await spoil(world, ctx)) return;
    const ip = callerIp(ctx);
    try {
      if (world.state.settings.ipAllowList?.includes(ip) === false) throw new WireError(60020);
      const answer = handler({ query: ctx.URL.searchParams, body: await readJson(ctx), ip });
      ctx.body = bare ? answer : { errcode: 0, errmsg: 'ok', ...answer };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      ctx.body = { errcode: error.errcode, errmsg: errmsgOf(error, hint(world), ip), ...error.besides };
    }
  };
  return {
    get: (path, handler) => router.get(path, serve(handler, false)),
    post: (path, handler) => router.post(path, serve(handler, false)),
    postBare: (path, handler) => router.post(path, serve(handler, true)),
  };
}

async function readJson(ctx: Context): Promise<unknown> {
  if (ctx.method !== 'POST') return {};
  const text = await readBody(ctx.req);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new WireError(47001);
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
