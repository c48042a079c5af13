import type { Deps } from '../../deps';
import { addAdmin, findCorp } from '../../store/corps';
import type { AppContext } from '../router';
import { enterAs } from './enter';
import { failureHref } from './login-failure';
import { readRefusal } from './refusal';
import { HOME_PATH } from './return-to';

const ADMIN_PATH = '/admin';
/** Where a person starts again whose link was used up: by scanning, because only WeCom's console can make a new link. */
const BY_SCAN = { purpose: 'web', corpId: null, returnTo: ADMIN_PATH } as const;
/** `usertype` 5 is an ordinary member; 1 to 4 are administrators of some rank (page 91125). */
const ORDINARY_MEMBER = 5;

async function enterAsAdmin(deps: Deps, ctx: AppContext, authCode: string): Promise<void> {
  const { userType, managedAgents, ...identity } = await deps.wecom.exchangeAdminCode(authCode);
  const agentId = (await findCorp(deps.store.db, identity.corpId))?.agent_id ?? null;
  const managesApp = agentId !== null && managedAgents.includes(agentId);
  const administers = managesApp || userType !== ORDINARY_MEMBER;
  if (managesApp) await addAdmin(deps.store.db, identity.corpId, identity.userId);
  await enterAs(deps, ctx, identity, { entry: administers ? 'admin' : 'unknown', namedAgent: false });
  ctx.redirect(administers ? ADMIN_PATH : HOME_PATH);
}

/**
 * The administrator's free login: WeCom's console opens 业务设置URL with a code that works once (page 91125). Going back
 * or reloading brings the used code again; then whoever is logged in already just goes on.
 */
export async function adminLogin(deps: Deps, ctx: AppContext, authCode: string): Promise<void> {
  try {
    if (authCode === '') return ctx.redirect(failureHref('admin_code', null, BY_SCAN));
    await enterAsAdmin(deps, ctx, authCode);
  } catch (error) {
    const { why, errcode } = readRefusal(error);
    if (why === 'code' && ctx.state.session) return ctx.redirect(ADMIN_PATH);
    ctx.redirect(failureHref(why === 'code' ? 'admin_code' : why, errcode, BY_SCAN));
  }
}
