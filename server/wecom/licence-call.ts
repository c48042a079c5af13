import type { z } from 'zod';
import type { WecomCall, WecomRequest } from './request';
import type { TokenKeeper } from './tokens';

/** Bodies of licence calls are named as on the wire; most name the corp they are about. */
type LicenceBody = { readonly corpid?: string | undefined; readonly [field: string]: unknown };
type Options = Pick<WecomCall<unknown>, 'readable' | 'corpId'>;

/** One call of WeCom's licence family: always a POST with the provider token. */
export type LicenceCall = <T>(name: string, body: LicenceBody, schema: z.ZodType<T>, options?: Options) => Promise<T>;

export function createLicenceCall(request: WecomRequest, tokens: TokenKeeper): LicenceCall {
  return (name, body, schema, options) =>
    tokens.withProviderToken((token) => {
      const query = { provider_access_token: token };
      return request({ path: `/cgi-bin/license/${name}`, query, body, schema, corpId: body.corpid, ...options });
    });
}
