import type { IncomingMessage, ServerResponse } from 'node:http';
import findMyWay from 'find-my-way';
import type { Context } from 'koa';

/** Answers one request. Path parameters are handed beside the Koa context. */
export type Handler = (ctx: Context, params: Readonly<Record<string, string>>) => Promise<void> | void;

/** The same without HTTP: a value in, a value out, refusals thrown. */
export type DirectHandler = (body: unknown, params: Readonly<Record<string, string>>) => unknown;

/** The sandbox's own routing: method and path to one handler. */
export type Router = {
  get(path: string, handler: Handler, direct?: DirectHandler): void;
  post(path: string, handler: Handler, direct?: DirectHandler): void;
  /** Runs the direct handler of this path. Throws when there is none. */
  call(method: 'GET' | 'POST', path: string, body: unknown): unknown;
  /** What is mounted, as `METHOD /path`. */
  paths(): string[];
  /** Runs the handler of this request; false when there is none. */
  run(ctx: Context): Promise<boolean>;
};

export function createRouter(): Router {
  const ways = findMyWay({ ignoreTrailingSlash: true });
  const mounted: string[] = [];
  const add = (method: 'GET' | 'POST') => (path: string, handler: Handler, direct?: DirectHandler) => {
    mounted.push(`${method} ${path}`);
    // find-my-way wants a callback of its own; ours is called by run() with the Koa context
    ways.on(method, path, noDirectCall, { handler, direct });
  };
  return {
    get: add('GET'),
    post: add('POST'),
    paths: () => [...mounted],
    call: (method, path, body) => {
      const found = ways.find(method, path);
      const { direct } = (found?.store ?? {}) as { direct?: DirectHandler };
      if (!found || !direct) throw new Error(`The sandbox has no direct ${method} ${path}`);
      return direct(body, decode(found.params));
    },
    run: async (ctx) => {
      const found = ways.find(ctx.method === 'HEAD' ? 'GET' : (ctx.method as 'GET'), ctx.path);
      if (!found) return false;
      const { handler } = found.store as { handler: Handler };
      await handler(ctx, decode(found.params));
      return true;
    },
  };
}

function noDirectCall(_request: IncomingMessage, _response: ServerResponse): void {
  throw new Error('Requests enter through Router.run');
}

function decode(params: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? '']));
}
