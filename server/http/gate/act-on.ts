import type { ActionId } from '../../../domain/actions';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { activateByHand } from '../../licences/activate-by-hand';
import { switchAutoActivation } from '../../licences/auto-activation';
import { judgeVisit } from '../../licences/gate';
import { ensureAdmin } from '../admin/require-admin';
import { limit } from '../middleware/limit';
import { getMember } from '../middleware/session';
import type { AppContext } from '../router';
import type { Session } from '../session';
import { fileRequestFor } from './file-request';
import { personOf } from './mount-verdict';

const DEADLINE_MS = 4000;

/** Does what a gate button says for the person who pressed it. Throws `request.not_found` for one that only links. */
export async function actOn(deps: Deps, ctx: AppContext, session: Session, id: ActionId): Promise<void> {
  if (id === 'recheck') {
    await limit(ctx, 'refresh', personOf(session));
    await judgeVisit(deps, session, { capability: 'base', force: true, deadlineMs: DEADLINE_MS });
    return;
  }
  if (id.startsWith('request_')) return askFor(deps, ctx, id);
  if (id === 'activate_now' || id === 'activate_by_hand') return activateSelf(deps, ctx);
  if (id !== 'enable_auto_activation') throw new AppError('request.not_found');
  const { corpId } = getMember(ctx);
  await ensureAdmin(deps, ctx);
  await switchAutoActivation(deps, corpId, true);
}

/** Files a request for whatever the member is stopped or warned by now. */
async function askFor(deps: Deps, ctx: AppContext, id: ActionId): Promise<void> {
  const member = getMember(ctx);
  const capability = id === 'request_contact_seat' ? 'external_contact' : 'base';
  const { verdict } = await judgeVisit(deps, member, { capability });
  await fileRequestFor(deps, member, verdict);
}

async function activateSelf(deps: Deps, ctx: AppContext): Promise<void> {
  const { corpId, userId } = getMember(ctx);
  await ensureAdmin(deps, ctx);
  await activateByHand(deps, corpId, userId);
}
