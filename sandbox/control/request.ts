import type { Context } from 'koa';
import { z } from 'zod';
import { BodyTooLarge, readBody } from '../http/body';
import type { DirectHandler, Router } from '../http/router';
import { WireError } from '../http/wire-error';
import { findCorp, findMember, findOrder, getProvider, getSuite } from '../state/find';
import type { Corp, Member, Order, Provider } from '../state/types';
import type { World } from '../world';

/** The control API's own refusal, told in a sentence. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: 400 | 404 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

export type ControlHandler<T> = (body: T, params: Readonly<Record<string, string>>) => unknown;

/** Mounts one order to the sandbox: JSON in (checked), JSON out, clear refusals. */
export function mountOrder<T>(router: Router, path: string, schema: z.ZodType<T>, handler: ControlHandler<T>): void {
  const direct: DirectHandler = (body, params) => handler(parseOrder(schema, body), params) ?? { ok: true };
  router.post(
    `/sandbox/${path}`,
    (ctx, params) => answerControl(ctx, async () => direct(await readJson(ctx), params)),
    direct,
  );
}

/** Mounts one question to the sandbox. */
export function mountQuestion(
  router: Router,
  path: string,
  handler: (params: Readonly<Record<string, string>>) => unknown,
): void {
  const direct: DirectHandler = (_body, params) => handler(params);
  router.get(
    `/sandbox/${path}`,
    (ctx, params) => answerControl(ctx, () => Promise.resolve(direct(null, params))),
    direct,
  );
}

async function answerControl(ctx: Context, work: () => Promise<unknown>): Promise<void> {
  try {
    ctx.body = await work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    ctx.status = refusal.status;
    ctx.body = { error: refusal.error };
  }
}

/** WeCom's own rules hold for orders to the sandbox too; their errcode is passed on. */
function refusalOf(error: unknown) {
  if (error instanceof ControlError) {
    return { status: error.status, error: { code: 'control.refused', message: error.message } };
  }
  if (error instanceof BodyTooLarge) {
    return { status: 413, error: { code: 'control.too_large', message: 'the body is larger than 8 MiB' } };
  }
  if (!(error instanceof WireError)) return null;
  const message = `WeCom refuses: ${error.message} (errcode ${error.errcode})`;
  return { status: 400, error: { code: 'control.wecom', errcode: error.errcode, message } };
}

async function readJson(ctx: Context): Promise<unknown> {
  const text = await readBody(ctx.req);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ControlError(400, 'the body is not JSON');
  }
}

/** What an order says, or 400 with what is wrong. */
export function parseOrder<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ControlError(400, z.prettifyError(parsed.error));
}

/** The corp an order names, or 404. */
export function requireCorp(world: World, corpId: string): Corp {
  const corp = findCorp(world, corpId);
  if (!corp) throw new ControlError(404, `there is no corp ${corpId}`);
  return corp;
}

/** A member of that corp, or 404. */
export function requireMember(corp: Corp, userId: string): Member {
  const member = findMember(corp, userId);
  if (!member) throw new ControlError(404, `there is no member ${userId} in ${corp.corpId}`);
  return member;
}

/** An order of any provider, or 404. */
export function requireOrder(world: World, orderId: string): Order {
  const order = findOrder(world, orderId);
  if (!order) throw new ControlError(404, `there is no order ${orderId}`);
  return order;
}

/** The provider whose app the corp is played with. */
export function providerOf(world: World, corp: Corp): Provider {
  return getProvider(world, getSuite(world, corp.suiteId).providerId);
}
