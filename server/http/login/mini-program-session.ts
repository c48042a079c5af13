import type { z } from 'zod';
import { openCorp } from '../../corps/open-corp';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { judgeVisit } from '../../licences/gate';
import type { CorpRef, Identity } from '../../wecom/client';
import type { SessionRequest, SessionResponse } from '../contract/verdict';
import { clientOf } from '../pages/screen-state';
import { isCustomAppServer } from '../pages/ways-in';
import { presentTime } from '../present/time';
import { presentJudged } from '../present/verdict';
import type { AppContext } from '../router';
import { findEntry } from './login-way';
import { openSession } from './open-session';

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

/** Mini-program login: code in, session and verdict out, in one round trip (page 92423). */
export async function openMiniProgramSession(deps: Deps, ctx: AppContext, request: Request): Promise<SessionResponse> {
  const identity = await exchange(deps, request);
  const visit = { client: 'weapp', entry: findEntry(request.from) ?? 'unknown', namedAgent: false } as const;
  const { token, expiresAtMs } = await openSession(deps, identity, visit);
  const visitor = { ...identity, entry: visit.entry, loginNamedAgent: visit.namedAgent };
  const judged = await judgeVisit(deps, visitor, { capability: 'base' });
  const verdict = presentJudged(judged, { lang: clientOf(ctx).lang, config: deps.config });
  return { token, expiresAt: presentTime(expiresAtMs, deps.config), verdict };
}
