import type { Deps } from '../../deps';
import { AppError, ERRORS } from '../../errors';
import { asStoreFault } from '../../store/faults';
import type { AppContext, AppMiddleware } from '../router';
import { readClient } from '../user-agent';
import { sendFaultPage } from './fault-page';

/** Turns whatever was thrown into an answer from the one table: a page for a person who navigates, JSON for the rest. */
export function faults(deps: Deps): AppMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const fault = toFault(error);
      ctx.state.fault = fault.code;
      report(deps, ctx, fault);
      await answer(deps, ctx, fault);
    }
  };
}

function toFault(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return asStoreFault(error) ?? new AppError('internal', { cause: error });
}

/** What the caller did wrong is in the access log's line; the rest needs its reason. */
function report(deps: Deps, ctx: AppContext, fault: AppError): void {
  if (fault.status < 500 && fault.cause === undefined) return;
  const { page } = ERRORS[fault.code];
  deps.log[page ? 'error' : 'warn']({ requestId: ctx.state.requestId, code: fault.code, err: fault }, 'request failed');
}

async function answer(deps: Deps, ctx: AppContext, fault: AppError): Promise<void> {
  const { lang } = readClient(ctx.get('user-agent'), ctx.get('accept-language'));
  const message = fault.words[lang === 'en' ? 'en' : 'zh'];
  ctx.status = fault.status;
  ctx.set('Cache-Control', 'no-store');
  if (fault.retryAfterMs !== undefined) ctx.set('Retry-After', String(Math.ceil(fault.retryAfterMs / 1000)));
  if (fault.code === 'auth.required') ctx.set('WWW-Authenticate', 'Bearer');
  if (isNavigation(ctx)) return sendFaultPage(deps, ctx, { code: fault.code, message, lang });
  const { requestId } = ctx.state;
  const details = fault.publicDetails === undefined ? {} : { details: fault.publicDetails };
  ctx.body = { error: { code: fault.code, message, requestId, ...details } };
}

/** A browser asking for a page, be it by a form's button; fetch and XHR send a catch-all Accept, WeCom none. */
function isNavigation(ctx: AppContext): boolean {
  const asksForPage = ctx.method === 'GET' ? !ctx.path.startsWith('/api/') : ctx.path.startsWith('/gate/actions/');
  return asksForPage && ctx.get('accept').includes('text/html');
}
