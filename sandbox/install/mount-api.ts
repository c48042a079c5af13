import { z } from 'zod';
import { MINUTE_MS } from '../clock';
import { DONE, parseBody, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findInstall, peekCorp } from '../state/find';
import { corpTokenKey, issueToken } from '../tokens/issue';
import { requireCorpToken, requireSuiteToken } from '../tokens/check';
import { requireAuthorisation } from '../tokens/mount';
import { newId, type World } from '../world';
import { describeAgent, describeCorp, describeInstaller } from './describe';
import { requirePreAuthCode } from './pre-auth-code';

/** pre_auth_code: 1200 s (page 90601). */
const PRE_AUTH_LIFE_MS = 20 * MINUTE_MS;

const SessionInfo = z.object({
  pre_auth_code: z.string(),
  session_info: z.object({ auth_type: z.union([z.literal(0), z.literal(1)]).default(0) }),
});
const PermanentCodeRequest = z.object({ auth_code: z.string() });
const AuthInfoRequest = z.object({ auth_corpid: z.string(), permanent_code: z.string().default('') });
const AdminListRequest = z.object({ auth_corpid: z.string(), agentid: z.coerce.number() });

/** The server's side of installing (credentials.md section 2). */
export function mountInstallApi(wire: Wire, world: World): void {
  wire.get('/cgi-bin/service/get_pre_auth_code', (call) => {
    const suite = requireSuiteToken(world, call);
    const now = world.clock.now();
    const code = newId('pre', 32);
    const living = world.state.preAuthCodes.filter((one) => one.expiresAtMs > now - PRE_AUTH_LIFE_MS);
    const preAuthCode = { code, suiteId: suite.suiteId, expiresAtMs: now + PRE_AUTH_LIFE_MS, authType: 0 as const };
    world.state.preAuthCodes = [...living, preAuthCode];
    return { pre_auth_code: code, expires_in: PRE_AUTH_LIFE_MS / 1000 };
  });

  wire.post('/cgi-bin/service/set_session_info', (call) => {
    const suite = requireSuiteToken(world, call);
    const request = parseBody(SessionInfo, call);
    requirePreAuthCode(world, suite.suiteId, request.pre_auth_code).authType = request.session_info.auth_type;
    return DONE;
  });

  wire.post('/cgi-bin/service/get_permanent_code', (call) => permanentCode(world, call, 1));
  wire.post('/cgi-bin/service/v2/get_permanent_code', (call) => permanentCode(world, call, 2));
  wire.post('/cgi-bin/service/get_auth_info', (call) => authInfo(world, call, 1));
  wire.post('/cgi-bin/service/v2/get_auth_info', (call) => authInfo(world, call, 2));

  wire.post('/cgi-bin/service/get_admin_list', (call) => {
    const suite = requireSuiteToken(world, call);
    const request = parseBody(AdminListRequest, call);
    const corp = peekCorp(world, request.auth_corpid);
    if (!corp) throw new WireError(40013);
    const install = findInstall(corp, suite.suiteId);
    if (!install) throw new WireError(48004);
    if (install.agentId !== request.agentid) throw new WireError(40056);
    const admins = corp.members.filter((member) => member.admin && !member.left);
    return { admin: admins.map((m) => ({ userid: m.userId, open_userid: m.openUserId, auth_type: 1 })) };
  });

  wire.get('/cgi-bin/agent/get_admin_list', (call) => {
    const { corp } = requireCorpToken(world, call);
    const admins = corp.members.filter((member) => member.admin && !member.left);
    return { admin: admins.map((member) => ({ userid: member.userId, auth_type: 1 })) };
  });

  // of what a corp may grant only customer contact is told apart: every installation has the rest
  wire.post('/cgi-bin/agent/get_permissions', (call) => {
    const { corp } = requireCorpToken(world, call);
    const contact = corp.contactRights.granted ? ['externalcontact:base:read'] : [];
    return { app_permissions: ['contact:base:read', 'message:send', ...contact] };
  });
}

/** auth_code → permanent_code: once, within ten minutes, by the suite it was made for. */
function permanentCode(world: World, call: Call, version: 1 | 2) {
  const suite = requireSuiteToken(world, call);
  const request = parseBody(PermanentCodeRequest, call, 40078);
  const authCode = world.state.authCodes.find((one) => one.code === request.auth_code);
  const spendable = authCode && !authCode.used && authCode.expiresAtMs > world.clock.now();
  if (!spendable || authCode.suiteId !== suite.suiteId) throw new WireError(40078);
  const corp = peekCorp(world, authCode.corpId);
  const install = corp && findInstall(corp, suite.suiteId);
  if (!corp || !install) throw new WireError(48004);
  authCode.used = true;
  return {
    ...(version === 1 ? tokenFields(world, suite.suiteId, corp.corpId) : {}),
    permanent_code: install.permanentCode,
    auth_corp_info: describeCorp(corp, version),
    auth_info: describeAgent(corp, suite, install),
    auth_user_info: describeInstaller(corp, suite, install),
    ...(install.state === null ? {} : { state: install.state }),
  };
}

function authInfo(world: World, call: Call, version: 1 | 2) {
  const suite = requireSuiteToken(world, call);
  const request = parseBody(AuthInfoRequest, call);
  const { corp, install } = requireAuthorisation(world, suite.suiteId, request.auth_corpid, request.permanent_code);
  return {
    auth_corp_info: describeCorp(corp, version),
    auth_info: describeAgent(corp, suite, install),
  };
}

function tokenFields(world: World, suiteId: string, corpId: string) {
  const token = issueToken(world, 'corp', corpTokenKey(suiteId, corpId));
  return { access_token: token.value, expires_in: token.expiresIn };
}
