import { z } from 'zod';
import { REASONS } from '../../../domain/reasons';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { judgeVisit } from '../../licences/gate';
import { RequestView } from '../contract/verdict';
import { limit } from '../middleware/limit';
import { bodyOf, parseBody } from '../middleware/parse';
import { requireSameOrigin } from '../middleware/same-origin';
import { getMember, requireMember } from '../middleware/session';
import { answers } from '../openapi/route-note';
import { presentTime } from '../present/time';
import type { AppContext, Router } from '../router';
import { fileRequestFor } from './file-request';
import { personOf } from './mount-verdict';

const RequestBody = z.object({ reason: z.enum(REASONS) });

/** Asking the administrators: once per member and reason, however often it is pressed. */
export function mountRequests(router: Router, deps: Deps): void {
  router.post(
    '/api/requests',
    answers('Ask the administrators for what the verdict lacks', RequestView, { errors: ['request.rate_limited'] }),
    requireMember,
    requireSameOrigin(deps.config),
    parseBody(RequestBody),
    (ctx) => ask(deps, ctx),
  );
}

async function ask(deps: Deps, ctx: AppContext): Promise<void> {
  const member = getMember(ctx);
  await limit(ctx, 'request', personOf(member));
  const { reason } = bodyOf(ctx, RequestBody);
  const capability = reason === 'external_contact_needed' ? 'external_contact' : 'base';
  const { verdict } = await judgeVisit(deps, member, { capability });
  // The queue shows why; only what is true for this person now may enter it.
  if (verdict.reason !== reason) throw new AppError('request.invalid', { publicDetails: { reason: verdict.reason } });
  const row = await fileRequestFor(deps, member, verdict);
  ctx.body = {
    reason,
    askedAt: presentTime(row.asked_at_ms, deps.config),
    adminsAsked: row.admins_asked,
  } satisfies RequestView;
}
