import { answer, bareAnswer, CORP, endpoint, OK, SUITE, type Endpoint } from './endpoint';
import { integerFrom, listOf, object, text } from './json-schema';

/** credentials.md, section 2: what issues credentials. All lifetimes are seconds, and the number that came counts. */
const ttl = integerFrom(1, 7200);
const corpToken = bareAnswer({ access_token: text, expires_in: ttl });
const ticket = answer({ ticket: text, expires_in: ttl });
const TICKET = { ...OK, ticket: 'ticket', expires_in: 7200 };

export const TOKEN_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'service/get_suite_token',
    purpose: 'suite_access_token from the pushed suite_ticket',
    token: null,
    request: object({ suite_id: text, suite_secret: text, suite_ticket: text }),
    response: bareAnswer({ suite_access_token: text, expires_in: ttl }),
    errcodes: [40080, 40083, 40085, 41023],
    pages: [90600],
    confidence: ['O', 'C'],
    limits: [
      'suite ids start with ww or wx (old: tj), custom-app templates with dk',
      'repeated wrong secrets can block the IP for an hour (T)',
    ],
    asks: [{ suite_id: 'ww000000000000demo', suite_secret: 'secret', suite_ticket: 'tkt-demo-001' }],
    answers: [{ what: 'usual', body: { ...OK, suite_access_token: 'token', expires_in: 7200 } }],
  }),
  endpoint({
    name: 'service/get_provider_token',
    purpose: 'provider_access_token',
    token: null,
    request: object({ corpid: text, provider_secret: text }),
    response: bareAnswer({ provider_access_token: text, expires_in: ttl }),
    errcodes: [40001, 40013, 40091],
    pages: [91200],
    confidence: ['O', 'S'],
    asks: [{ corpid: 'wwprovider', provider_secret: 'secret' }],
    answers: [
      { what: 'no errcode at all', body: { provider_access_token: 'token', expires_in: 7200 } },
      { what: 'errcode 0', body: { ...OK, provider_access_token: 'token', expires_in: 7200 } },
    ],
  }),
  endpoint({
    name: 'service/get_corp_token',
    purpose: 'corp access_token of a third-party app',
    token: SUITE,
    request: object({ auth_corpid: text, permanent_code: text }),
    response: corpToken,
    errcodes: [40013, 40084, 41025, 48004, 301007],
    pages: [90605],
    confidence: ['O', 'S'],
    limits: ['custom apps: works too, says a third party (T); gettoken is the documented way'],
    asks: [{ auth_corpid: 'wpDemoCorp', permanent_code: 'code' }],
    answers: [{ what: 'no errcode at all', body: { access_token: 'token', expires_in: 7200 } }],
  }),
  endpoint({
    name: 'gettoken',
    purpose: 'corp access_token of a custom app; its permanent_code is the secret',
    token: null,
    query: object({ corpid: text, corpsecret: text }),
    response: corpToken,
    errcodes: [40001, 40013, 40084, 40091],
    pages: [],
    confidence: ['M'],
    asks: [{ corpid: 'wpDemoCorp', corpsecret: 'code' }],
    answers: [{ what: 'usual', body: { ...OK, access_token: 'token', expires_in: 7200 } }],
  }),
  endpoint({
    name: 'get_jsapi_ticket',
    purpose: 'ticket that signs config: corp identity',
    token: CORP,
    response: ticket,
    pages: [90539],
    confidence: ['O'],
    limits: ['400 an hour per corp, 100 an hour per app (90454)'],
    answers: [{ what: 'usual', body: TICKET }],
  }),
  endpoint({
    name: 'ticket/get',
    purpose: 'ticket that signs agentConfig: app identity',
    token: CORP,
    query: object({ type: { const: 'agent_config' } }),
    response: ticket,
    pages: [90539],
    confidence: ['O'],
    limits: ['counted with get_jsapi_ticket', 'one app’s ticket cannot sign for another (42012)'],
    asks: [{ type: 'agent_config' }],
    answers: [{ what: 'usual', body: TICKET }],
  }),
  endpoint({
    name: 'getcallbackip',
    purpose: 'addresses WeCom’s callbacks come from',
    token: CORP,
    response: answer({ ip_list: listOf(text) }),
    pages: [],
    confidence: ['T'],
    limits: ['refresh daily; the signature is what counts'],
    answers: [{ what: 'usual', body: { ...OK, ip_list: ['101.226.103.*', '101.226.62.*'] } }],
  }),
];
