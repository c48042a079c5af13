import type { Logger } from 'pino';
import { monotonicMs } from '../../clock';
import type { AppMiddleware, Router } from '../router';

/**
 * One line and one count per answer. The path without its query: queries carry login codes, states and signatures. Of
 * static files and health checks only faults are worth a line.
 */
export function accessLog(log: Logger, router: Router): AppMiddleware {
  return async (ctx, next) => {
    const startedAt = monotonicMs();
    await next();
    const ms = monotonicMs() - startedAt;
    const { status } = ctx.response;
    router.countOf(ctx)(status, ms / 1000);
    if (isQuiet(ctx.path) && status < 500) return;
    log.info({
      requestId: ctx.state.requestId,
      method: ctx.req.method,
      path: ctx.path,
      status,
      ms: Math.round(ms * 10) / 10,
      corpId: ctx.state.session?.corpId,
      fault: ctx.state.fault,
    });
  };
}

function isQuiet(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics' || path.startsWith('/assets/');
}
