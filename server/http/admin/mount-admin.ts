import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { activateByHand, type HandActivation } from '../../licences/activate-by-hand';
import { readOverview } from '../../licences/admin-overview';
import { switchAutoActivation } from '../../licences/auto-activation';
import { isKnownMember } from '../../store/members';
import { settleRequest, settleRequestsOf } from '../../store/requests';
import { speak } from '../../words';
import { ActivateSeat, AdminLicences, AutoActivation, SeatActivation, SetAutoActivation } from '../contract/admin';
import { createLanguageReader } from '../gate/language';
import { personOf } from '../gate/mount-verdict';
import { limit } from '../middleware/limit';
import { bodyOf, parseBody } from '../middleware/parse';
import { requireSameOrigin } from '../middleware/same-origin';
import { getMember } from '../middleware/session';
import { answers } from '../openapi/route-note';
import { presentOverview } from '../present/admin-licences';
import { presentFault } from '../present/sentence';
import type { AppContext, Router } from '../router';
import { requireAdmin } from './require-admin';

/** What administrators see and do; always in their own corp. */
export function mountAdmin(router: Router, deps: Deps): void {
  const admin = requireAdmin(deps);
  const sameOrigin = requireSameOrigin(deps.config);
  const languageOf = createLanguageReader();

  const activate = async (ctx: AppContext, findUser: () => Promise<string> | string): Promise<void> => {
    await limit(ctx, 'action', personOf(getMember(ctx)));
    const { message, state } = await activateSeat(deps, getMember(ctx).corpId, await findUser());
    ctx.body = { state, message: message === null ? null : presentFault(speak(languageOf(ctx)), message) };
  };

  router.get('/api/admin/licences', answers('The corp’s licences at a glance', AdminLicences), admin, (ctx) =>
    sendOverview(deps, ctx, false),
  );
  router.post(
    '/api/admin/licences/refresh',
    answers('Read the licences from WeCom again now', AdminLicences, { errors: ['request.rate_limited'] }),
    admin,
    sameOrigin,
    async (ctx) => {
      await limit(ctx, 'refresh', personOf(getMember(ctx)));
      await sendOverview(deps, ctx, true);
    },
  );
  router.post(
    '/api/admin/seats/activate',
    answers('Bind a free account to a member', SeatActivation, {
      errors: ['request.not_found', 'request.rate_limited'],
    }),
    admin,
    sameOrigin,
    parseBody(ActivateSeat),
    (ctx) => activate(ctx, () => getKnownUser(deps, ctx)),
  );
  router.post(
    '/api/admin/seats/own/activate',
    answers('Bind a free account to the administrator who asks', SeatActivation, { errors: ['request.rate_limited'] }),
    admin,
    sameOrigin,
    (ctx) => activate(ctx, () => getMember(ctx).userId),
  );
  router.post(
    '/api/admin/auto-activation',
    answers('Switch auto-activation', AutoActivation, { errors: ['licence.never_paid', 'wecom.refused'] }),
    admin,
    sameOrigin,
    parseBody(SetAutoActivation),
    async (ctx) => {
      const { on } = bodyOf(ctx, SetAutoActivation);
      await switchAutoActivation(deps, getMember(ctx).corpId, on);
      ctx.body = { on } satisfies AutoActivation;
    },
  );
  router.post(
    '/api/admin/requests/:id/settle',
    answers('Mark a request as settled', null, { errors: ['request.not_found'] }),
    admin,
    sameOrigin,
    async (ctx) => {
      const { corpId } = getMember(ctx);
      if (!(await settleRequest(deps.store.db, corpId, ctx.params.id ?? '', deps.clock.now())))
        throw new AppError('request.not_found');
      ctx.status = 204;
    },
  );
}

async function sendOverview(deps: Deps, ctx: AppContext, force: boolean): Promise<void> {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.body = presentOverview(await readOverview(deps, getMember(ctx).corpId, force), deps.config);
}

/** Only somebody this corp knows; an id of another corp is as unknown as one that was made up. */
async function getKnownUser(deps: Deps, ctx: AppContext): Promise<string> {
  const { userId } = bodyOf(ctx, ActivateSeat);
  if (!(await isKnownMember(deps.store.db, getMember(ctx).corpId, userId))) throw new AppError('request.not_found');
  return userId;
}

async function activateSeat(deps: Deps, corpId: string, userId: string): Promise<HandActivation> {
  const activation = await activateByHand(deps, corpId, userId);
  if (activation.state === 'done') await settleRequestsOf(deps.store.db, corpId, userId, deps.clock.now());
  return activation;
}
