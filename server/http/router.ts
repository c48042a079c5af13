import findMyWay, { type HTTPMethod } from 'find-my-way';
import type Koa from 'koa';
import { AppError, type ErrorCode } from '../errors';
import type { Metrics } from '../metrics';
import type { Limits } from './middleware/limit';
import type { RouteNote } from './openapi/route-note';
import type { Session } from './session';

/** What the middlewares put beside a request. */
export type AppState = {
  requestId: string;
  /** Who is logged in; null when nobody is. */
  session: Session | null;
  /** How the session came: only a cookie can be sent by somebody else's page. */
  sessionBy: 'cookie' | 'bearer' | null;
  /** The page on which a form's button was pressed; it is gone back to. */
  formPage?: string;
  body?: ParsedInput;
  query?: ParsedInput;
  /** Code of the fault this request was answered with. */
  fault?: ErrorCode;
};

/** An input and the schema that checked it. */
export type ParsedInput = { readonly schema: unknown; readonly value: unknown };

type AppExtras = { params: Record<string, string>; limits: Limits };

export type AppContext = Koa.ParameterizedContext<AppState, AppExtras>;

/** What every request passes on its way to its route. */
export type AppMiddleware = Koa.Middleware<AppState, AppExtras>;

export type App = Koa<AppState, AppExtras>;

/**
 * One rule or the endpoint itself. A route is a list of them, run in order; throwing ends the route with that fault.
 * What a handler notes about itself appears in the OpenAPI document.
 */
export type Handler = ((ctx: AppContext) => Promise<void> | void) & { readonly note?: RouteNote };

export type Route = { readonly method: Method; readonly path: string; readonly handlers: readonly Handler[] };

type Method = 'GET' | 'POST';
type Register = (path: string, ...handlers: Handler[]) => void;
type Count = (status: number, seconds: number) => void;
type Served = { readonly handlers: readonly Handler[]; readonly count: Count };

export type Router = {
  readonly get: Register;
  readonly post: Register;
  /** Everything registered so far. */
  readonly routes: readonly Route[];
  /** Runs the route of a request; throws `request.not_found` or `request.method` when there is none. */
  readonly dispatch: (ctx: AppContext) => Promise<void>;
  /** The counter of the route that served a request, else of all that had none. */
  readonly countOf: (ctx: AppContext) => Count;
};

/** Paths in find-my-way's spelling: `/api/records/:id`, `/c/:corpId/*` (the rest is `ctx.params['*']`). */
export function createRouter(metrics: Pick<Metrics, 'route'>): Router {
  const routes: Route[] = [];
  const served = new WeakMap<object, Count>();
  const unrouted = metrics.route('*', '(none)');
  const tree = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 500, caseSensitive: true });

  const register = (method: Method, path: string, handlers: Handler[]): void => {
    routes.push({ method, path, handlers });
    const store: Served = { handlers, count: metrics.route(method, path) };
    // HEAD is GET without its body; Koa leaves the body out.
    const methods: HTTPMethod[] = method === 'GET' ? ['GET', 'HEAD'] : [method];
    tree.on(methods, path, () => undefined, store);
  };

  const allowed = (path: string): string[] =>
    (['GET', 'POST'] as const).filter((method) => tree.find(method, path) !== null);

  async function dispatch(ctx: AppContext): Promise<void> {
    const found = tree.find(ctx.method as HTTPMethod, ctx.path);
    if (!found) return refuse(ctx, allowed(ctx.path));
    const { count, handlers } = found.store as Served;
    served.set(ctx, count);
    ctx.params = found.params as Record<string, string>;
    for (const handler of handlers) {
      const pending = handler(ctx);
      if (pending) await pending;
    }
  }

  return {
    get: (path, ...handlers) => register('GET', path, handlers),
    post: (path, ...handlers) => register('POST', path, handlers),
    routes,
    dispatch,
    countOf: (ctx) => served.get(ctx) ?? unrouted,
  };
}

function refuse(ctx: AppContext, methods: string[]): never {
  if (methods.length === 0) throw new AppError('request.not_found');
  ctx.set('Allow', methods.join(', '));
  throw new AppError('request.method');
}
