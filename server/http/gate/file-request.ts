import { createHash } from 'node:crypto';
import { ACTIONS } from '../../../domain/actions';
import type { Verdict } from '../../../domain/verdict';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { MANAGES } from '../../licences/licence-record';
import { listAdmins } from '../../store/corps';
import { fileRequest } from '../../store/requests';
import type { RequestsTable } from '../../store/schema';
import type { MemberSession } from '../middleware/session';

/**
 * Files a member's wish for the administrators: one row per member and reason. Throws `request.invalid` when nothing is to
 * be asked for under this verdict.
 */
export async function fileRequestFor(
  deps: Deps,
  { corpId, userId }: Pick<MemberSession, 'corpId' | 'userId'>,
  { reason }: Pick<Verdict, 'reason'>,
): Promise<RequestsTable> {
  if (!ACTIONS[reason].member.some((action) => action.startsWith('request_')))
    throw new AppError('request.invalid', { publicDetails: { reason } });
  const admins = (await listAdmins(deps.store.db, corpId)).filter((admin) => admin.auth_type === MANAGES);
  return fileRequest(deps.store.db, {
    id: createHash('sha256').update(`${corpId}\n${userId}\n${reason}`).digest('hex').slice(0, 32),
    corp_id: corpId,
    user_id: userId,
    reason,
    asked_at_ms: deps.clock.now(),
    admins_asked: admins.length,
    settled_at_ms: null,
  });
}
