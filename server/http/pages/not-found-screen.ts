import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import type { AppContext, AppMiddleware } from '../router';
import { sendNotFound } from './show-page';

/** Addresses that programs ask; they get their 404 as JSON. */
const FOR_PROGRAMS = /^\/(?:api|gate|wecom)\//;

function isForPerson(ctx: AppContext): boolean {
  return (ctx.method === 'GET' || ctx.method === 'HEAD') && !FOR_PROGRAMS.test(ctx.path) && !!ctx.accepts('html');
}

/** A person who follows a link to a page that does not exist gets the app's own screen for it. */
export function notFoundScreen(deps: Deps): AppMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const isMissing = error instanceof AppError && error.code === 'request.not_found';
      if (!isMissing || deps.pages === null || !isForPerson(ctx)) throw error;
      await sendNotFound(deps, ctx);
    }
  };
}
