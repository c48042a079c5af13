import type { z } from 'zod';
import { openCorp } from '../../corps/open-corp';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import type { CorpRef, Identity } from '../../wecom/client';
import type { SessionRequest, SessionResponse } from '../contract/visit';
import { viewVisit } from '../pages/visit-view';
import { isCustomAppServer } from '../pages/ways-in';
import { presentTime } from '../present/time';
import type { AppContext } from '../router';
import { findSession } from '../session';
import { entryOf } from './login-way';
import { openSession } from './open-session';
import { safeReturnTo } from './return-to';

type Request = z.output<typeof SessionRequest>;
type Member = Extract<Identity, { kind: 'member' }>;

/** A custom app's code is exchanged with its corp's token, so the corp has to be named. */
async function findCodeCorp(deps: Deps, corpId: string | undefined): Promise<CorpRef | undefined> {
  if (!isCustomAppServer(deps.config)) return undefined;
  const corp = corpId === undefined ? null : await openCorp(deps, corpId);
  if (corp === null) throw new AppError('access.blocked', { publicDetails: { reason: 'app_not_installed' } });
  return corp;
}

/** A used or expired code is the caller's to renew (`auth.code`); every other fault stays WeCom's. */
async function exchange(deps: Deps, { code, corpId }: Request): Promise<Member> {
  const corp = await findCodeCorp(deps, corpId);
  try {
    return await deps.wecom.exchangeMiniProgramCode(code, corp);
  } catch (error) {
    if (error instanceof AppError && error.code === 'wecom.code_invalid') throw new AppError('auth.code');
    throw error;
  }
}

/** Mini-program login: code in; session, verdict and what the opened page shows out, in one round trip (page 92423). */
export async function openMiniProgramSession(deps: Deps, ctx: AppContext, request: Request): Promise<SessionResponse> {
  const identity = await exchange(deps, request);
  const entry = entryOf(request.from, safeReturnTo(request.page));
  const { token, expiresAtMs } = await openSession(deps, identity, { client: 'weapp', entry, namedAgent: false });
  const session = await findSession(deps, token);
  if (session === null) throw new AppError('auth.required');
  const visit = await viewVisit(deps, ctx, session, { page: request.page, entry: null });
  return { token, expiresAt: presentTime(expiresAtMs, deps.config), verdict: visit.verdict, visit };
}
