import type { Context } from 'koa';
import type { z } from 'zod';
import { corpConcerned, corpOfCall, suiteOfCall } from '../faults/corp-of-call';
import { createRateLimit, isFree } from '../faults/rate-limit';
import { refuseByFault, spoilAnswer, spoilCall } from '../faults/spoil';
import { takeFault } from '../faults/take';
import type { World } from '../world';
import { BodyTooLarge, readBody, readBytes } from './body';
import { parseMultipart } from './multipart';
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
  /** As post, but of multipart/form-data: `body` is its parts (FormPart[]), none where it is no such form. */
  postForm(path: string, handler: WireHandler): void;
};

/** What came with a call; `refusal`: the errcode for what cannot be read. */
type Sent = { readonly body: unknown; readonly refusal?: number };
type Reader = (ctx: Context) => Promise<Sent>;

/** The largest file is 20 MB. */
const LARGEST_FORM_BYTES = 32 * 1024 * 1024;

export function createWire(router: Router, world: World): Wire {
  const enter = createRateLimit(world);
  const serve = (handler: WireHandler, bare: boolean, read: Reader) => async (ctx: Context) => {
    const ip = callerIp(ctx);
    const { body, refusal } = await read(ctx);
    const call: Call = { query: ctx.URL.searchParams, body, ip };
    world.catchUp();
    const free = isFree(world, ctx.path, call.query.get('code'));
    const corpId = corpOfCall(world, call);
    const passage = enter({ path: ctx.path, corpId, suiteId: suiteOfCall(world, call), ip, free });
    try {
      const fault = takeFault(world, ctx.path, corpConcerned(world, call));
      if (fault && (await spoilCall(world, ctx, fault))) return;
      ctx.body = answerOf(world, handler, call, bare, () => {
        refuseByFault(fault);
        if (refusal !== undefined) throw new WireError(refusal);
        passage.check();
      });
      if (fault) await spoilAnswer(ctx, fault);
    } finally {
      passage.leave();
    }
  };
  return {
    get: (path, handler) => router.get(path, serve(handler, false, readNothing)),
    post: (path, handler) => router.post(path, serve(handler, false, readJson)),
    postBare: (path, handler) => router.post(path, serve(handler, true, readJson)),
    postForm: (path, handler) => router.post(path, serve(handler, false, readForm)),
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

function readNothing(): Promise<Sent> {
  return Promise.resolve({ body: {} });
}

async function readJson(ctx: Context): Promise<Sent> {
  const text = await readBody(ctx.req);
  try {
    return { body: text === '' ? {} : (JSON.parse(text) as unknown) };
  } catch {
    return { body: {}, refusal: 47001 };
  }
}

async function readForm(ctx: Context): Promise<Sent> {
  try {
    const bytes = await readBytes(ctx.req, LARGEST_FORM_BYTES);
    return { body: parseMultipart(ctx.get('content-type'), bytes) ?? [] };
  } catch (error) {
    if (error instanceof BodyTooLarge) return { body: [], refusal: 45001 };
    throw error;
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
