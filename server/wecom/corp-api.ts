import { z } from 'zod';
import { checkAsked } from './asked';
import type { Wecom } from './client';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireId, wireList, wireNumber } from './wire';

type CorpApi = Pick<Wecom, 'getPermissions' | 'getTemplateLink' | 'getOpenCorpId' | 'getCallbackAddresses'>;

const permissions = z.object({ app_permissions: wireList(wireId) });
const templateLink = z.object({ qrcode_url: z.string().min(1), expires_in: wireNumber });
const openCorpId = z.object({ open_corpid: z.string().min(1) });
const addresses = z.object({ ip_list: wireList(wireId) });

/** WeCom takes letters and digits only (84025). */
const State = z.object({ state: z.string().regex(/^[a-zA-Z0-9]{1,128}$/) });

/** What else is to be known of a corp and its authorisation (credentials.md, section 2). */
export function createCorpApi(request: WecomRequest, tokens: TokenKeeper, suiteId: string): CorpApi {
  const asProvider = <T>(name: string, body: object, schema: z.ZodType<T>) =>
    tokens.withProviderToken((token) =>
      request({ path: `/cgi-bin/service/${name}`, query: { provider_access_token: token }, body, schema }),
    );
  return {
    /** agent/get_permissions (99052). */
    getPermissions: (corp) =>
      tokens.withCorpToken(corp, async (token) => {
        const call = { path: '/cgi-bin/agent/get_permissions', query: { access_token: token }, body: {} };
        return (await request({ ...call, schema: permissions, corpId: corp.corpId })).app_permissions;
      }),
    /** service/get_customized_auth_url: the app's own suite is the template. */
    getTemplateLink: async (state) => {
      const body = { ...checkAsked(State, { state }), templateid_list: [suiteId] };
      const { expires_in, qrcode_url } = await asProvider('get_customized_auth_url', body, templateLink);
      return { url: qrcode_url, ttlSeconds: expires_in };
    },
    /** service/corpid_to_opencorpid (97061). */
    getOpenCorpId: async (plainCorpId) =>
      (await asProvider('corpid_to_opencorpid', { corpid: plainCorpId }, openCorpId)).open_corpid,
    /** getcallbackip. */
    getCallbackAddresses: (corp) =>
      tokens.withCorpToken(corp, async (token) => {
        const call = { path: '/cgi-bin/getcallbackip', query: { access_token: token }, schema: addresses };
        return (await request({ ...call, corpId: corp.corpId })).ip_list;
      }),
  };
}
