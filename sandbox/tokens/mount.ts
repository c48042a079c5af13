import { z } from 'zod';
import { parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findCorp, findInstall, findProvider, findSuite, peekCorp } from '../state/find';
import type { World } from '../world';
import { requireCorpToken, requireSuiteToken } from './check';
import { corpTokenKey, issueToken } from './issue';
import { ticketIsLive } from './suite-ticket';

const SuiteTokenRequest = z.object({
  suite_id: z.string().default(''),
  suite_secret: z.string().default(''),
  suite_ticket: z.string().default(''),
});
const ProviderTokenRequest = z.object({ corpid: z.string().default(''), provider_secret: z.string().default('') });
const CorpTokenRequest = z.object({ auth_corpid: z.string().default(''), permanent_code: z.string().default('') });

/** Every token and ticket that is asked for (credentials.md sections 1 and 2, messaging-and-jssdk.md section 3). */
export function mountTokens(wire: Wire, world: World): void {
  wire.post('/cgi-bin/service/get_suite_token', (call) => {
    const request = parseBody(SuiteTokenRequest, call);
    const suite = findSuite(world, request.suite_id);
    if (!suite) throw new WireError(40083);
    if (suite.secret !== request.suite_secret) throw new WireError(40080);
    if (!request.suite_ticket) throw new WireError(41023);
    if (!ticketIsLive(world, suite, request.suite_ticket)) throw new WireError(40085);
    const token = issueToken(world, 'suite', suite.suiteId);
    return { suite_access_token: token.value, expires_in: token.expiresIn };
  });

  wire.postBare('/cgi-bin/service/get_provider_token', (call) => {
    const request = parseBody(ProviderTokenRequest, call);
    const provider = findProvider(world, request.corpid);
    if (!provider) throw new WireError(40013);
    if (provider.secret !== request.provider_secret) throw wrongSecret(world, request.provider_secret);
    const token = issueToken(world, 'provider', provider.corpId);
    return { provider_access_token: token.value, expires_in: token.expiresIn };
  });

  wire.postBare('/cgi-bin/service/get_corp_token', (call) => {
    const suite = requireSuiteToken(world, call);
    const request = parseBody(CorpTokenRequest, call);
    const { corp } = requireAuthorisation(world, suite.suiteId, request.auth_corpid, request.permanent_code);
    return corpToken(world, suite.suiteId, corp.corpId);
  });

  wire.get('/cgi-bin/gettoken', (call) => customAppToken(world, call.query));
  wire.get('/cgi-bin/get_jsapi_ticket', (call) => jsTicket(world, requireCorpToken(world, call), 'jsapi'));
  wire.get('/cgi-bin/ticket/get', (call) => {
    const app = requireCorpToken(world, call);
    if (call.query.get('type') !== 'agent_config') throw new WireError(40058, 'type must be agent_config');
    return jsTicket(world, app, 'agent_jsapi');
  });
  wire.get('/cgi-bin/getcallbackip', (call) => {
    requireCorpToken(world, call);
    return { ip_list: ['127.0.0.1'] };
  });
}

/** The standing authorisation behind a permanent code, or the refusal that fits. */
export function requireAuthorisation(world: World, suiteId: string, corpId: string, permanentCode: string) {
  if (!permanentCode) throw new WireError(41025);
  const corp = peekCorp(world, corpId);
  if (!corp) throw new WireError(40013);
  const install = findInstall(corp, suiteId);
  if (!install || install.permanentCode !== permanentCode) throw new WireError(40084);
  return { corp, install };
}

function corpToken(world: World, suiteId: string, corpId: string) {
  const token = issueToken(world, 'corp', corpTokenKey(suiteId, corpId));
  return { access_token: token.value, expires_in: token.expiresIn };
}

/** Custom apps only: the permanent code is the app's secret (credentials.md section 3). */
function customAppToken(world: World, query: URLSearchParams) {
  const corp = findCorp(world, query.get('corpid') ?? '');
  if (!corp) throw new WireError(40013);
  const secret = query.get('corpsecret') ?? '';
  const install = corp.installs.find((one) => one.removedAtMs === null && one.permanentCode === secret);
  if (!install || findSuite(world, install.suiteId)?.kind !== 'custom') throw wrongSecret(world, secret);
  return corpToken(world, install.suiteId, corp.corpId);
}

function jsTicket(world: World, app: ReturnType<typeof requireCorpToken>, kind: 'jsapi' | 'agent_jsapi') {
  const ticket = issueToken(world, kind, corpTokenKey(app.suite.suiteId, app.corp.corpId));
  return { ticket: ticket.value, expires_in: ticket.expiresIn };
}

/** 40091 when the secret is right, but somebody else's. */
function wrongSecret(world: World, secret: string): WireError {
  const anyProvider = world.state.providers.some((provider) => provider.secret === secret);
  const anyInstall = world.state.corps.some((corp) => corp.installs.some((one) => one.permanentCode === secret));
  return new WireError(secret !== '' && (anyProvider || anyInstall) ? 40091 : 40001);
}
