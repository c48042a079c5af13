import { z } from 'zod';
import { parseBody, type Answer, type Call, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { refusesIdentity } from '../licence/opening';
import { installsOfProvider } from '../state/find';
import type { Suite } from '../state/types';
import { requireCorpToken, requireProviderToken, requireSuiteToken } from '../tokens/check';
import { newId, type World } from '../world';
import { spendLoginCode } from './login-code';
import { findHolder } from './mount-identity';

const LoginInfoRequest = z.object({ auth_code: z.string().default('') });

/** Mini-program login (login.md section 6) and the administrator's free login (section 5). */
export function mountOtherLogins(wire: Wire, world: World): void {
  wire.get('/cgi-bin/service/miniprogram/jscode2session', (call) => {
    const suite = requireSuiteToken(world, call);
    const { corp, member } = miniProgramHolder(world, call, suite);
    return { corpid: corp.corpId, userid: member.userId, open_userid: member.openUserId, session_key: newId('', 12) };
  });

  wire.get('/cgi-bin/miniprogram/jscode2session', (call) => {
    const app = requireCorpToken(world, call);
    const { corp, member } = miniProgramHolder(world, call, app.suite);
    if (corp !== app.corp) throw new WireError(40029);
    return { corpid: corp.corpId, userid: member.userId, session_key: newId('', 12) };
  });

  wire.post('/cgi-bin/service/get_login_info', (call) => loginInfo(world, call));
}

function miniProgramHolder(world: World, call: Call, suite: Suite) {
  if (call.query.get('grant_type') !== 'authorization_code') {
    throw new WireError(40058, 'grant_type must be authorization_code');
  }
  const code = spendLoginCode(world, call.query.get('js_code') ?? '', ['mini_program'], suite.suiteId);
  const found = findHolder(world, code);
  if (!found) throw new WireError(40029);
  if (refusesIdentity(world, found.corp, found.member, suite)) throw new WireError(701099);
  return found;
}

/** Page 91125. The parameter is called access_token, but holds the provider's. */
function loginInfo(world: World, call: Call): Answer {
  const provider = requireProviderToken(world, call, 'access_token');
  const request = parseBody(LoginInfoRequest, call, 40029);
  const code = spendLoginCode(world, request.auth_code, ['admin'], null);
  const found = findHolder(world, code);
  if (!found) throw new WireError(40029);
  const { corp, member } = found;
  const agents = installsOfProvider(world, corp, provider.corpId);
  if (!agents.some(({ suite }) => suite.suiteId === code.suiteId)) throw new WireError(40029);
  return {
    usertype: member.userType,
    user_info: { userid: member.userId, open_userid: member.openUserId, name: member.userId, avatar: '' },
    corp_info: { corpid: corp.corpId },
    agent: agents.map(({ install }) => ({ agentid: install.agentId, auth_type: member.admin ? 1 : 0 })),
    auth_info: { department: [{ id: 1, writable: member.userType !== 5 }] },
  };
}
