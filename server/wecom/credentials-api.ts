import { z } from 'zod';
import type { CorpRef } from './client';
import type { WecomRequest } from './request';
import { wireNumber } from './wire';

/** A credential as WeCom issued it. `ttlSeconds` is what WeCom said, never an assumption. */
export type IssuedCredential = { readonly value: string; readonly ttlSeconds: number };

const ttl = wireNumber;

const suiteToken = z
  .object({ suite_access_token: z.string().min(1), expires_in: ttl })
  .transform((body): IssuedCredential => ({ value: body.suite_access_token, ttlSeconds: body.expires_in }));

const providerToken = z
  .object({ provider_access_token: z.string().min(1), expires_in: ttl })
  .transform((body): IssuedCredential => ({ value: body.provider_access_token, ttlSeconds: body.expires_in }));

const corpToken = z
  .object({ access_token: z.string().min(1), expires_in: ttl })
  .transform((body): IssuedCredential => ({ value: body.access_token, ttlSeconds: body.expires_in }));

const jsTicket = z
  .object({ ticket: z.string().min(1), expires_in: ttl })
  .transform((body): IssuedCredential => ({ value: body.ticket, ttlSeconds: body.expires_in }));

/** The calls that issue credentials. Nothing here is cached: that is `credential-cache.ts`. */
export function createCredentialsApi(request: WecomRequest) {
  return {
    /** service/get_suite_token (90600). */
    getSuiteToken: (suiteId: string, suiteSecret: string, suiteTicket: string) =>
      request({
        path: '/cgi-bin/service/get_suite_token',
        body: { suite_id: suiteId, suite_secret: suiteSecret, suite_ticket: suiteTicket },
        schema: suiteToken,
      }),
    /** service/get_provider_token (91200). */
    getProviderToken: (corpId: string, providerSecret: string) =>
      request({
        path: '/cgi-bin/service/get_provider_token',
        body: { corpid: corpId, provider_secret: providerSecret },
        schema: providerToken,
      }),
    /** service/get_corp_token (90605): third-party apps. */
    getCorpToken: (suiteAccessToken: string, corp: CorpRef) =>
      request({
        path: '/cgi-bin/service/get_corp_token',
        query: { suite_access_token: suiteAccessToken },
        body: { auth_corpid: corp.corpId, permanent_code: corp.permanentCode },
        schema: corpToken,
        corpId: corp.corpId,
      }),
    /** gettoken: custom apps, whose permanent code is the app's secret. */
    getCustomCorpToken: (corp: CorpRef) =>
      request({
        path: '/cgi-bin/gettoken',
        query: { corpid: corp.corpId, corpsecret: corp.permanentCode },
        schema: corpToken,
        corpId: corp.corpId,
      }),
    /** get_jsapi_ticket for the corp, ticket/get?type=agent_config for the app; both with the corp token. */
    getJsTicket: (corpId: string, corpAccessToken: string, scope: 'corp' | 'agent') =>
      request({
        path: scope === 'corp' ? '/cgi-bin/get_jsapi_ticket' : '/cgi-bin/ticket/get',
        query: { access_token: corpAccessToken, ...(scope === 'agent' ? { type: 'agent_config' } : {}) },
        schema: jsTicket,
        corpId,
      }),
  };
}
