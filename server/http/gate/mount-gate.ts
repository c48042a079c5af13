import { z } from 'zod';
import { ACTION_IDS } from '../../../domain/actions';
import { CAPABILITIES } from '../../../domain/facts';
import type { Deps } from '../../deps';
import { judgeVisit } from '../../licences/gate';
import { isGranted, type Judged } from '../../licences/judged';
import { AppError } from '../../errors';
import { wayHref } from '../login/login-way';
import { safeReturnTo } from '../login/return-to';
import { clientOf } from '../pages/screen-state';
import { limit } from '../middleware/limit';
import { bodyOf, parseBody, parseQuery, queryOf } from '../middleware/parse';
import { requireSameOrigin } from '../middleware/same-origin';
import { presentTime } from '../present/time';
import type { AppContext, Router } from '../router';
import { actOn } from './act-on';
import { personOf } from './mount-verdict';

const CheckQuery = z.object({ capability: z.enum(CAPABILITIES).optional() });
const ActionForm = z.object({ return_to: z.string().max(2048).default('') });
const ActionId = z.enum(ACTION_IDS);
type ActionId = z.infer<typeof ActionId>;
/** When a proxy's client that waits for an activation may come again. */
const RETRY_SECONDS = '1';

/** The gate for other programs (forward-auth), and the buttons of its screens as forms. */
export function mountGate(router: Router, deps: Deps): void {
  router.get('/gate/check', parseQuery(CheckQuery), (ctx) => check(deps, ctx));
  router.post('/gate/actions/:id', requireSameOrigin(deps.config), parseBody(ActionForm), (ctx) => act(deps, ctx));
}

/**
 * Forward-auth for nginx, Traefik and Caddy: 200 let in, 401 not logged in, 403 not now; the verdict in X-Gate-*. Where to
 * log in is in X-Gate-Login: a proxy cannot escape the address that was asked for.
 */
async function check(deps: Deps, ctx: AppContext): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  ctx.body = '';
  const { session } = ctx.state;
  if (session === null) {
    ctx.status = 401;
    ctx.set('X-Gate-Login', loginOf(ctx));
    return;
  }
  const judged = await judgeVisit(deps, session, { capability: capabilityOf(ctx) });
  ctx.status = isGranted(judged.verdict) ? 200 : 403;
  ctx.set(gateHeaders(judged, deps));
}

/**
 * Back to the page that the proxy was asked for: nginx is told to say it, Traefik and Caddy say it anyway. A computer's
 * browser logs in by scanning; WeCom's login inside the client only works there.
 */
function loginOf(ctx: AppContext): string {
  const { desktop, kind } = clientOf(ctx);
  const returnTo = safeReturnTo(ctx.get('x-original-uri') || ctx.get('x-forwarded-uri'));
  return wayHref({ purpose: kind === 'browser' && desktop ? 'web' : 'oauth', corpId: null, returnTo });
}

/** The address in the proxy's own configuration names the capability, else its header does. */
function capabilityOf(ctx: AppContext): (typeof CAPABILITIES)[number] {
  const named = queryOf(ctx, CheckQuery).capability ?? (ctx.get('x-gate-capability') || 'base');
  const capability = CAPABILITIES.find((known) => known === named);
  if (capability === undefined)
    throw new AppError('request.invalid', { publicDetails: [{ path: 'X-Gate-Capability', problem: 'invalid_value' }] });
  return capability;
}

function gateHeaders({ verdict, visit }: Judged, { config }: Deps): Record<string, string> {
  return {
    'X-Gate-Outcome': verdict.outcome,
    'X-Gate-Reason': verdict.reason,
    'X-Gate-Visitor': visit.visitor,
    ...(visit.corpId === null ? {} : { 'X-Gate-Corp': visit.corpId }),
    ...(visit.userId === null ? {} : { 'X-Gate-User': visit.userId }),
    ...(verdict.untilMs === null ? {} : { 'X-Gate-Until': presentTime(verdict.untilMs, config) }),
    ...(verdict.outcome === 'wait' ? { 'Retry-After': RETRY_SECONDS } : {}),
  };
}

/** Nothing stops the person any more for which something could be asked: their page shows that. */
const ignoreIfNeedless = (id: ActionId) => (error: unknown) => {
  if (!id.startsWith('request_') || !(error instanceof AppError) || error.code !== 'request.invalid') throw error;
};

/**
 * A button pressed where no script runs: does what it says and goes back to its page, which then shows what became of it.
 * Without a session the page itself leads to login.
 */
async function act(deps: Deps, ctx: AppContext): Promise<void> {
  const id = ActionId.safeParse(ctx.params.id);
  if (!id.success) throw new AppError('request.not_found');
  const { session } = ctx.state;
  const page = safeReturnTo(bodyOf(ctx, ActionForm).return_to);
  ctx.state.formPage = page;
  if (session !== null) {
    await limit(ctx, 'action', personOf(session));
    await actOn(deps, ctx, session, id.data).catch(ignoreIfNeedless(id.data));
  }
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Location', page);
}
