import { hashSecret } from '../../ids';
import type { Deps } from '../../deps';
import type { AppContext } from '../router';

/** Ties a login to the browser that began it. Lax: it has to come along when WeCom sends the person back. */
export const BROWSER_COOKIE = 'gate_browser';

/** Outlives the longest way out and back: an installation, whose pre_auth_code lives 20 minutes. */
const MARK_TTL_MS = 20 * 60_000;

function findMark(ctx: AppContext): string | null {
  const mark = ctx.cookies.get(BROWSER_COOKIE) ?? '';
  return /^[0-9A-Za-z]{43}$/.test(mark) ? mark : null;
}

/** SHA-256 of this browser's mark; null when it sent none. */
export function findBrowserHash(ctx: AppContext): string | null {
  const mark = findMark(ctx);
  return mark === null ? null : hashSecret(mark);
}

/** This browser's mark, made when it has none: tabs that log in at the same time share one. */
export function ensureBrowserHash(deps: Deps, ctx: AppContext): string {
  const mark = findMark(ctx) ?? deps.ids.token();
  ctx.cookies.set(BROWSER_COOKIE, mark, {
    httpOnly: true,
    sameSite: 'lax',
    // Behind a proxy that ends TLS the connection itself is plain, hence `secureProxy`.
    ...(deps.config.publicUrl.startsWith('https:') && { secure: true, secureProxy: true }),
    maxAge: MARK_TTL_MS,
    path: '/',
    signed: false,
  });
  return hashSecret(mark);
}
