import { z } from 'zod';
import { AppError } from '../errors';
import type { Identity, Wecom } from './client';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireId, wireList, wireNumber, wireText } from './wire';

type LoginApi = Pick<
  Wecom,
  'exchangeOAuthCode' | 'exchangeWebLoginCode' | 'exchangeCustomCode' | 'exchangeAdminCode' | 'exchangeMiniProgramCode'
>;
type Member = Extract<Identity, { kind: 'member' }>;

/** Old paths answer in capitals, new ones in lower case (login.md, section 1): both are read. */
const identity = z
  .object({
    corpid: wireText,
    CorpId: wireText,
    userid: wireText,
    UserId: wireText,
    open_userid: wireText,
    OpenUserId: wireText,
    openid: wireText,
    OpenId: wireText,
  })
  .transform((body) => ({
    corpId: body.corpid ?? body.CorpId,
    userId: body.userid ?? body.UserId,
    openUserId: body.open_userid ?? body.OpenUserId,
    openId: body.openid ?? body.OpenId,
  }));
type WireIdentity = z.output<typeof identity>;

const loginInfo = z.object({
  usertype: wireNumber,
  user_info: z.object({ userid: wireId, open_userid: wireText }),
  corp_info: z.object({ corpid: wireId }),
  agent: wireList(z.object({ agentid: wireId, auth_type: wireNumber })),
});

/** `auth_type` 1 may manage the app, 0 may only use it. */
const MANAGES = 1;

/** Who a code belongs to (login.md). A code works once, so nothing here may be called twice with the same one. */
export function createLoginApi(request: WecomRequest, tokens: TokenKeeper): LoginApi {
  const identify = (code: string) => async (token: string) => {
    const query = { suite_access_token: token, code };
    return readIdentity(await request({ path: '/cgi-bin/service/auth/getuserinfo3rd', query, schema: identity }));
  };
  return {
    /** service/auth/getuserinfo3rd (91121). */
    exchangeOAuthCode: (code) => tokens.withSuiteToken(identify(code)),
    /** The same call with the login suite's token (98179). */
    exchangeWebLoginCode: (code) => tokens.withLoginSuiteToken(identify(code)),
    /** auth/getuserinfo (98177): the answer names no corp, so the caller's corp is the corp. */
    exchangeCustomCode: (corp, code) =>
      tokens.withCorpToken(corp, async (token) => {
        const query = { access_token: token, code };
        const { corpId } = corp;
        const body = await request({ path: '/cgi-bin/auth/getuserinfo', query, schema: identity, corpId });
        return readIdentity({ ...body, corpId });
      }),
    /** service/get_login_info (91125): its `access_token` is the provider token. */
    exchangeAdminCode: (authCode) =>
      tokens.withProviderToken(async (token) => {
        const path = '/cgi-bin/service/get_login_info';
        const call = { path, query: { access_token: token }, body: { auth_code: authCode }, schema: loginInfo };
        const { agent, corp_info, user_info, usertype } = await request(call);
        const member = { corpId: corp_info.corpid, userId: user_info.userid, openUserId: user_info.open_userid };
        const managedAgents = agent.filter(({ auth_type }) => auth_type === MANAGES).map(({ agentid }) => agentid);
        return { kind: 'member', ...member, userType: usertype, managedAgents };
      }),
    /** service/miniprogram/jscode2session, or miniprogram/jscode2session for a custom app (96959). */
    exchangeMiniProgramCode: (code, corp) => {
      const query = { js_code: code, grant_type: 'authorization_code' };
      const exchange = async (path: string, token: Record<string, string>) =>
        readMember(await request({ path, query: { ...token, ...query }, schema: identity, corpId: corp?.corpId }));
      if (corp?.kind !== 'custom') {
        const path = '/cgi-bin/service/miniprogram/jscode2session';
        return tokens.withSuiteToken((token) => exchange(path, { suite_access_token: token }));
      }
      const path = '/cgi-bin/miniprogram/jscode2session';
      return tokens.withCorpToken(corp, (token) => exchange(path, { access_token: token }));
    },
  };
}

function readIdentity(body: WireIdentity): Identity {
  if (body.corpId && body.userId) return readMember(body);
  if (body.openId) return { kind: 'outsider', openId: body.openId };
  throw new AppError('wecom.malformed', { logDetail: 'an identity with neither a member nor an openid' });
}

function readMember({ corpId, userId, openUserId }: WireIdentity): Member {
  if (corpId && userId) return { kind: 'member', corpId, userId, openUserId };
  throw new AppError('wecom.malformed', { logDetail: 'an identity without corpid or userid' });
}
