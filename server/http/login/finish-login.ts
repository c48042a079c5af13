import type { Deps } from '../../deps';
import type { Identity } from '../../wecom/client';
import { openCorp } from '../../corps/open-corp';
import type { AppContext } from '../router';
import { beginLogin } from './begin-login';
import { findBrowserHash } from './browser-cookie';
import { failureHref, type LoginFailure } from './login-failure';
import { claimLogin } from './login-state';
import type { LoginWay } from './login-way';
import { enterAs } from './enter';
import { HOME_PATH } from './return-to';
import { readRefusal } from './refusal';

/** A person whose cookies are kept needs one try; the second is for a state or code that came back stale. */
const MAX_ATTEMPTS = 2;

type Trouble = { readonly why: LoginFailure; readonly errcode: number | null };

function isIn(ctx: AppContext, way: LoginWay): boolean {
  const { session } = ctx.state;
  return !!session && (way.corpId === null || session.corpId === way.corpId);
}

/** Once more, unless this is the second stale answer in a row: then trying again would go round for ever. */
function tryAgain(deps: Deps, ctx: AppContext, way: LoginWay, trouble: Trouble): Promise<void> | void {
  if (isIn(ctx, way)) return ctx.redirect(way.returnTo);
  if (way.attempt >= MAX_ATTEMPTS) return ctx.redirect(failureHref(trouble.why, trouble.errcode, way));
  return beginLogin(deps, ctx, { ...way, attempt: way.attempt + 1 });
}

async function identify(deps: Deps, way: LoginWay, code: string): Promise<Identity | null> {
  const { wecom } = deps;
  if (way.corpId === null)
    return way.purpose === 'web' ? wecom.exchangeWebLoginCode(code) : wecom.exchangeOAuthCode(code);
  const corp = await openCorp(deps, way.corpId);
  return corp && wecom.exchangeCustomCode(corp, code);
}

async function enterWithCode(deps: Deps, ctx: AppContext, way: LoginWay, code: string): Promise<void> {
  const identity = await identify(deps, way, code);
  if (identity === null) return ctx.redirect(failureHref('app_not_installed', null, way));
  await enterAs(deps, ctx, identity, { entry: way.entry, namedAgent: way.purpose === 'oauth' && way.corpId !== null });
  ctx.redirect(way.returnTo);
}

/** A code WeCom would not take is worth another login; any other refusal is told to the person. */
async function spendCode(deps: Deps, ctx: AppContext, way: LoginWay, code: string): Promise<void> {
  try {
    await enterWithCode(deps, ctx, way, code);
  } catch (error) {
    const refusal = readRefusal(error);
    deps.log.warn({ why: refusal.why, errcode: refusal.errcode }, 'login: WeCom did not identify the visitor');
    if (refusal.why === 'code') return tryAgain(deps, ctx, way, refusal);
    ctx.redirect(failureHref(refusal.why, refusal.errcode, way));
  }
}

/**
 * WeCom brings the person back with code and state. Always answers with a redirect, so neither stays in the address bar:
 * to the page asked for, to a second login, or to the screen that says what to do.
 */
export async function finishLogin(
  deps: Deps,
  ctx: AppContext,
  callback: { code: string; state: string },
): Promise<void> {
  const claim = await claimLogin(deps, findBrowserHash(ctx), callback.state);
  switch (claim.kind) {
    case 'claimed':
      return callback.code
        ? spendCode(deps, ctx, claim.way, callback.code)
        : tryAgain(deps, ctx, claim.way, { why: 'code', errcode: null });
    case 'used':
      // Back, refresh or a doubled request: the cookie came along, so a fresh login can't go in circles.
      return isIn(ctx, claim.way) ? ctx.redirect(claim.way.returnTo) : beginLogin(deps, ctx, claim.way);
    case 'foreign':
      return tryAgain(deps, ctx, claim.way, { why: 'cookies', errcode: null });
    case 'unknown':
      return ctx.redirect(HOME_PATH);
  }
}
