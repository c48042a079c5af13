import { z } from 'zod';
import { checkAsked } from './asked';
import type { Authorisation, CorpRef, Wecom } from './client';
import { isUnknownApi, type WecomCall, type WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireId, wireList, wireNothing, wireNumber, wireText } from './wire';

type InstallApi = Pick<
  Wecom,
  'getPreAuthCode' | 'setSessionInfo' | 'getPermanentCode' | 'getAuthInfo' | 'getAdminList'
>;

/** An exchange is asked once and waited for longer: a lost answer is a lost installation. */
const EXCHANGE_MS = 10_000;

const preAuthCode = z.object({ pre_auth_code: z.string().min(1) });

const authAgent = z.object({
  agentid: wireId,
  is_customized_app: z
    .union([z.boolean(), wireNumber.transform(Boolean)])
    .nullish()
    .transform(Boolean),
  privilege: z.unknown().optional(),
});

const authInfo = z.object({
  auth_corp_info: z.object({ corpid: wireId, corp_name: wireText }),
  auth_info: z
    .object({ agent: wireList(authAgent) })
    .nullish()
    .transform((info) => info ?? { agent: [] }),
  auth_user_info: z.object({ userid: wireText }).nullish(),
  state: wireText,
  register_code_info: z.object({ state: wireText }).nullish(),
});

const permanentCode = authInfo.extend({ permanent_code: z.string().min(1) });

const adminList = z.object({ admin: wireList(z.object({ userid: wireId, auth_type: wireNumber.nullish() })) });

/** Installation as WeCom tells it (credentials.md, section 2). v2 first: v1 tends to time out. */
export function createInstallApi(request: WecomRequest, tokens: TokenKeeper, suiteId: string): InstallApi {
  const present = (body: z.output<typeof authInfo>) => presentAuthorisation(body, suiteId);
  const getAuthInfo: InstallApi['getAuthInfo'] = (corp) =>
    tokens.withSuiteToken(async (token) => {
      const body = { auth_corpid: corp.corpId, permanent_code: corp.permanentCode };
      const call = { query: { suite_access_token: token }, body, schema: authInfo, corpId: corp.corpId };
      return present(await newestOf(request, 'get_auth_info', call));
    });
  return {
    getPreAuthCode: () =>
      tokens.withSuiteToken(async (token) => {
        const path = '/cgi-bin/service/get_pre_auth_code';
        return (await request({ path, query: { suite_access_token: token }, schema: preAuthCode })).pre_auth_code;
      }),
    setSessionInfo: (code, test) =>
      tokens.withSuiteToken(async (token) => {
        const body = { pre_auth_code: code, session_info: { auth_type: test ? 1 : 0 } };
        const path = '/cgi-bin/service/set_session_info';
        await request({ path, query: { suite_access_token: token }, body, schema: wireNothing });
      }),
    getPermanentCode: (authCode) =>
      tokens.withSuiteToken(async (token) => {
        const call = {
          query: { suite_access_token: token },
          body: { auth_code: authCode },
          schema: permanentCode,
          deadlineMs: EXCHANGE_MS,
        };
        const body = await newestOf(request, 'get_permanent_code', call);
        return { ...present(body), permanentCode: body.permanent_code };
      }),
    getAuthInfo,
    getAdminList: async (corp) => {
      const { admin } =
        corp.kind === 'custom'
          ? await listAdminsOfCustom(request, tokens, corp)
          : await listAdmins(request, tokens, corp, corp.agentId ?? (await getAuthInfo(corp)).agentId);
      return admin.map(({ userid, auth_type }) => ({ userId: userid, authType: auth_type ?? 0 }));
    },
  };
}

/** v2 of a call, and v1 where WeCom does not know v2. */
async function newestOf<T>(request: WecomRequest, name: string, call: Omit<WecomCall<T>, 'path'>): Promise<T> {
  try {
    return await request({ path: `/cgi-bin/service/v2/${name}`, ...call });
  } catch (error) {
    if (!isUnknownApi(error)) throw error;
    return request({ path: `/cgi-bin/service/${name}`, ...call });
  }
}

/** WeCom takes no other; an app whose agent nobody has named is not asked about. */
const Agent = z.object({ agentId: z.string().regex(/^\d+$/).transform(Number) });

/** service/get_admin_list (90606). */
function listAdmins(request: WecomRequest, tokens: TokenKeeper, corp: CorpRef, agentId: string | null) {
  const agentid = checkAsked(Agent, { agentId: agentId ?? '' }).agentId;
  return tokens.withSuiteToken((token) =>
    request({
      path: '/cgi-bin/service/get_admin_list',
      query: { suite_access_token: token },
      body: { auth_corpid: corp.corpId, agentid },
      schema: adminList,
      corpId: corp.corpId,
    }),
  );
}

/** agent/get_admin_list, with the corp's own token, for custom apps. */
function listAdminsOfCustom(request: WecomRequest, tokens: TokenKeeper, corp: CorpRef) {
  return tokens.withCorpToken(corp, (token) =>
    request({
      path: '/cgi-bin/agent/get_admin_list',
      query: { access_token: token },
      schema: adminList,
      corpId: corp.corpId,
    }),
  );
}

function presentAuthorisation(body: z.output<typeof authInfo>, suiteId: string): Authorisation {
  const agent = body.auth_info.agent[0];
  return {
    corpId: body.auth_corp_info.corpid,
    corpName: body.auth_corp_info.corp_name,
    kind: agent?.is_customized_app || suiteId.startsWith('dk') ? 'custom' : 'third_party',
    agentId: agent?.agentid ?? null,
    privilegeJson: agent?.privilege ? JSON.stringify(agent.privilege) : null,
    installerUserId: body.auth_user_info?.userid ?? null,
    state: body.state ?? body.register_code_info?.state ?? null,
  };
}
