import type { Clock } from '../clock';
import type { Config } from '../config';
import { createActivationApi } from './activation-api';
import type { Wecom, WecomCalls } from './client';
import { createCorpApi } from './corp-api';
import { createInstallApi } from './install-api';
import { createLicenceApi } from './licence-api';
import { createLicenceCall } from './licence-call';
import { createLoginApi } from './login-api';
import { createMediaApi } from './media-api';
import { createMessageApi } from './message-api';
import { createMultiCorpApi } from './multi-corp-api';
import { createOrderApi } from './order-api';
import { createPaymentApi } from './payment-api';
import { createRenewalApi } from './renewal-api';
import type { WecomCall, WecomRequest } from './request';
import type { TokenKeeper } from './tokens';

type WecomDeps = {
  readonly config: Pick<Config, 'suite'>;
  readonly clock: Clock;
  readonly request: WecomRequest;
  readonly tokens: TokenKeeper;
};

/** How all calls are made. */
type Manner = Pick<WecomCall<unknown>, 'background' | 'hear'>;

/** WeCom over HTTP: the families of calls behind the one interface the server uses. */
export function createWecom(deps: WecomDeps, manner: Manner = {}): Wecom {
  const request: WecomRequest = (call) => deps.request({ ...call, ...manner });
  let background: Wecom | undefined;
  const wecom: Wecom = {
    ...createCalls({ ...deps, request }),
    get background() {
      return (background ??= manner.background ? wecom : createWecom(deps, { ...manner, background: true }));
    },
    heardBy: (hear) => createWecom(deps, { ...manner, hear }),
  };
  return wecom;
}

function createCalls({ clock, config, request, tokens }: WecomDeps): WecomCalls {
  const call = createLicenceCall(request, tokens);
  return {
    ...createInstallApi(request, tokens, config.suite.id),
    ...createCorpApi(request, tokens, config.suite.id),
    ...createLoginApi(request, tokens),
    ...createLicenceApi(call, config.suite.id),
    ...createActivationApi(call),
    ...createOrderApi(call),
    ...createRenewalApi(call, clock),
    ...createMultiCorpApi(call),
    ...createPaymentApi(call, request, tokens),
    ...createMessageApi(request, tokens),
    ...createMediaApi(request, tokens),
    getJsTicket: tokens.jsTicket,
  };
}
