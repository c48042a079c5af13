import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { noted } from '../openapi/route-note';
import type { AppContext, AppMiddleware, Handler } from '../router';
import { findSession, type Session } from '../session';
import { readCookie, sessionCookieName } from '../session-cookie';

/**
 * A token of ours; the scheme's name is case-insensitive (RFC 9110, section 11.1). Behind a proxy that asks us first, the
 * header may be the other app's own.
 */
const BEARER = /^bearer +([0-9A-Za-z]{43})$/i;

/** Puts the live session of the request's Bearer token or cookie into `ctx.state.session`; null when there is none. */
export function loadSession(deps: Deps): AppMiddleware {
  const cookieName = sessionCookieName(deps.config);
  return async (ctx, next) => {
    const { state } = ctx;
    const { authorization, cookie } = ctx.req.headers;
    const bearer = BEARER.exec(authorization ?? '')?.[1] ?? null;
    const token = bearer ?? readCookie(cookie, cookieName);
    const found = token === null ? null : findSession(deps, token);
    // Mostly answered from memory, and then there is nothing to wait for.
    state.session = found instanceof Promise ? await found : found;
    state.sessionBy = state.session && (bearer === null ? 'cookie' : 'bearer');
    await next();
  };
}

/** Throws `auth.required` unless somebody is logged in. */
export const requireSession: Handler = noted({ needsSession: true, errors: ['auth.required'] }, (ctx) => {
  getSession(ctx);
});

/** Throws `auth.required`, or `access.outsider` when the visitor is no member of a corp. */
export const requireMember: Handler = noted(
  { needsSession: true, errors: ['auth.required', 'access.outsider'] },
  (ctx) => {
    getMember(ctx);
  },
);

/** The request's session; throws `auth.required` when there is none. */
export function getSession(ctx: AppContext): Session {
  const { session } = ctx.state;
  if (!session) throw new AppError('auth.required');
  return session;
}

/** A member's session: its corp and user are known. */
export type MemberSession = Session & { readonly kind: 'member'; readonly corpId: string; readonly userId: string };

/** The member behind the request; throws `auth.required` or `access.outsider`. */
export function getMember(ctx: AppContext): MemberSession {
  const session = getSession(ctx);
  if (!isMember(session)) throw new AppError('access.outsider');
  return session;
}

function isMember(session: Session): session is MemberSession {
  return session.kind === 'member' && session.corpId !== null && session.userId !== null;
}
