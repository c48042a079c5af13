import type { Config } from '../config';
import type { Wecom } from './client';
import { createInstallApi } from './install-api';
import { createLicenceApi } from './licence-api';
import { createLoginApi } from './login-api';
import { createMessageApi } from './message-api';
import { createOrderApi } from './order-api';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';

type WecomDeps = {
  readonly config: Pick<Config, 'suite'>;
  readonly request: WecomRequest;
  readonly tokens: TokenKeeper;
};

/** WeCom over HTTP: the families of calls behind the one interface the server uses. */
export function createWecom({ config, request, tokens }: WecomDeps): Wecom {
  return {
    ...createInstallApi(request, tokens, config.suite.id),
    ...createLoginApi(request, tokens),
    ...createLicenceApi(request, tokens, config.suite.id),
    ...createOrderApi(request, tokens),
    ...createMessageApi(request, tokens),
    getJsTicket: tokens.jsTicket,
  };
}
