import { exchangeAuthCode, findInstallation } from '../../corps/install';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { ensureBrowserHash, findBrowserHash } from '../login/browser-cookie';
import type { AppContext, Router } from '../router';
import { sendInstallResult } from './install-result';
import { claimInstallState, keepInstallState } from './install-state';
import type { InstallResult } from './install-words';

/** Installation from the provider's own link (90597): begin, and take up what WeCom sends back. */
export function mountInstall(router: Router, deps: Deps): void {
  router.get('/install', (ctx) => beginInstall(deps, ctx));
  router.get('/install/callback', (ctx) => finishInstall(deps, ctx));
}

async function beginInstall(deps: Deps, ctx: AppContext): Promise<void> {
  await orExplain(deps, ctx, async () => {
    const preAuthCode = await deps.wecom.getPreAuthCode();
    const query = new URLSearchParams({
      suite_id: deps.config.suite.id,
      pre_auth_code: preAuthCode,
      redirect_uri: `${deps.config.publicUrl}/install/callback`,
      state: await keepInstallState(deps, ensureBrowserHash(deps, ctx)),
    });
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(`${deps.config.origins.install}/3rdapp/install?${query}`);
  });
}

/**
 * The same auth_code comes by create_auth too, so the installation does not depend on this page: a refused state shows
 * what to do, and loses nothing. Afterwards the address holds neither code nor state.
 */
async function finishInstall(deps: Deps, ctx: AppContext): Promise<void> {
  const { auth_code: authCode, result, state } = ctx.query;
  if (isInstallResult(result) && authCode === undefined) return sendInstallResult(deps, ctx, result);
  if (typeof authCode !== 'string' || authCode === '' || typeof state !== 'string') {
    return showResult(ctx, 'state');
  }
  if (!(await claimInstallState(deps, findBrowserHash(ctx), state))) {
    // Going back or reloading brings the same address again: the installation it finished is still finished.
    return showResult(ctx, (await findInstallation(deps, authCode)) === null ? 'state' : 'installed');
  }
  await orExplain(deps, ctx, async () => {
    // WeCom's TimeStamps are whole seconds; a removal in the same second comes after this.
    const nowMs = Math.floor(deps.clock.now() / 1000) * 1000;
    const installation = await exchangeAuthCode(deps, authCode, nowMs);
    showResult(ctx, installation.state);
  });
}

function showResult(ctx: AppContext, result: InstallResult): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(`/install/callback?result=${result}`);
}

/** A fault of WeCom becomes a page that says what to do; anything else is not ours to explain. */
async function orExplain(deps: Deps, ctx: AppContext, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const result = error instanceof AppError ? explain(error) : null;
    if (result === null) throw error;
    deps.log.warn({ err: error, result }, 'installation not finished');
    showResult(ctx, result);
  }
}

function explain({ code }: AppError): InstallResult | null {
  if (code === 'install.code_used') return 'code_used';
  if (code === 'wecom.no_suite_ticket') return 'no_ticket';
  return code.startsWith('wecom.') ? 'unavailable' : null;
}

const RESULTS: readonly string[] = ['installed', 'removed', 'state', 'code_used', 'no_ticket', 'unavailable'];

function isInstallResult(value: unknown): value is InstallResult {
  return typeof value === 'string' && RESULTS.includes(value);
}
