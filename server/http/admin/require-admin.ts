import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { MANAGES } from '../../licences/licence-record';
import { refreshInTime } from '../../licences/refresh-once';
import { readingOf } from '../../licences/sources';
import { findCorp, listAdmins } from '../../store/corps';
import { getMember, type MemberSession } from '../middleware/session';
import { noted } from '../openapi/route-note';
import type { AppContext, Handler } from '../router';

/** How long the list of administrators is believed: for somebody on it, and for somebody who is not (yet). */
const FRESH_MS = { admin: 300_000, other: 10_000 } as const;
/** For how long it still decides while WeCom does not answer. */
const BELIEVED_MS = 3_600_000;
const DEADLINE_MS = 1500;

/**
 * Throws unless the member administers the app in their own corp: `auth.required`, `access.outsider`, `auth.forbidden`, or
 * `wecom.timeout` when WeCom, silent or refusing, has not said for an hour who does.
 */
export function requireAdmin(deps: Deps): Handler {
  const errors = ['auth.required', 'access.outsider', 'auth.forbidden', 'wecom.timeout'] as const;
  return noted({ needsSession: true, errors }, async (ctx) => void (await ensureAdmin(deps, ctx)));
}

/**
 * The administrator behind the request. Only the list WeCom gives decides (auth_type 1, get_admin_list 90606): an entry
 * or a past login proves nothing now.
 */
export async function ensureAdmin(deps: Deps, ctx: AppContext): Promise<MemberSession> {
  const member = getMember(ctx);
  const { corpId, userId } = member;
  const corp = await findCorp(deps.store.db, corpId);
  if (corp?.status !== 'installed') throw new AppError('auth.forbidden');
  const known = await isAdmin(deps, corpId, userId);
  const ageMs = deps.clock.now() - corp.admins_checked_at_ms;
  if (ageMs >= FRESH_MS[known ? 'admin' : 'other'] || ageMs < 0) {
    const { key, work } = readingOf(deps, 'admins', corpId, userId);
    const isRead = await refreshInTime(deps, key, work, DEADLINE_MS);
    if (!isRead && (ageMs >= BELIEVED_MS || ageMs < 0)) throw new AppError('wecom.timeout');
  }
  if (!(await isAdmin(deps, corpId, userId))) throw new AppError('auth.forbidden');
  return member;
}

async function isAdmin(deps: Deps, corpId: string, userId: string): Promise<boolean> {
  const admins = await listAdmins(deps.store.db, corpId);
  return admins.some((admin) => admin.user_id === userId && admin.auth_type === MANAGES);
}
