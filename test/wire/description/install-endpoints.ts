import { answer, bareAnswer, CORP, endpoint, OK, PROVIDER, SUITE, type Endpoint } from './endpoint';
import { AUTHORISATION, AUTHORISATION_EXAMPLE, PERMANENT_CODE } from './install-shapes';
import { anyText, integerFrom, listOf, object, oneOfValues, text, textOfBytes, textOfLength } from './json-schema';

const authCode = object({ auth_code: text });
const authorised = object({ auth_corpid: text, permanent_code: text });
const ASKED_AUTHORISED = { auth_corpid: 'wpDemoCorp', permanent_code: 'code' };
const admin = object({ userid: text, auth_type: oneOfValues(0, 1) }, { open_userid: text });
const PERMANENT_EXAMPLE = {
  ...AUTHORISATION_EXAMPLE,
  permanent_code: 'code',
  auth_user_info: { userid: 'woDemoAdmin', open_userid: 'woDemoAdmin', name: 'woDemoAdmin' },
};
const BAD_AUTHORISATION = [40013, 40084, 41025, 48003, 48004, 301007];

/** credentials.md, section 2: installing, and what an installation may do. */
export const INSTALL_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'service/get_pre_auth_code',
    purpose: 'opens one installation from the provider’s own link',
    token: SUITE,
    response: answer({ pre_auth_code: textOfBytes(512), expires_in: integerFrom(1, 1200) }),
    pages: [90601],
    confidence: ['O'],
    limits: ['1200 s, one installation'],
    answers: [{ what: 'usual', body: { ...OK, pre_auth_code: 'pre', expires_in: 1200 } }],
  }),
  endpoint({
    name: 'service/set_session_info',
    purpose: 'whether that installation is a test',
    token: SUITE,
    request: object({
      pre_auth_code: text,
      session_info: object({ auth_type: oneOfValues(0, 1) }, { appid: listOf(integerFrom(0)) }),
    }),
    response: answer(),
    errcodes: [40077, 42007],
    pages: [90602],
    confidence: ['M'],
    limits: ['auth_type 1 while the app is unpublished, 0 after; appid: old multi-app suites only'],
    asks: [{ pre_auth_code: 'pre', session_info: { auth_type: 0 } }],
    answers: [{ what: 'usual', body: OK }],
  }),
  endpoint({
    name: 'service/get_permanent_code',
    purpose: 'exchanges an auth_code, old: tends to time out',
    token: SUITE,
    request: authCode,
    response: bareAnswer(PERMANENT_CODE.required, PERMANENT_CODE.optional),
    errcodes: [40078],
    pages: [90603],
    confidence: ['S'],
    limits: ['an auth_code lives 600 s and works once'],
    asks: [{ auth_code: 'authcode-demo' }],
    answers: [
      { what: 'no errcode at all', body: { access_token: 'token', expires_in: 7200, ...PERMANENT_EXAMPLE } },
      {
        what: 'a custom app, its state beside the registration',
        body: { ...OK, ...PERMANENT_EXAMPLE, register_code_info: { template_id: 'dk1', state: 'channel01' } },
      },
    ],
  }),
  endpoint({
    name: 'service/v2/get_permanent_code',
    purpose: 'exchanges an auth_code, recommended',
    token: SUITE,
    request: authCode,
    response: bareAnswer(PERMANENT_CODE.required, PERMANENT_CODE.optional),
    errcodes: [40078],
    pages: [100776],
    confidence: ['M', 'S'],
    asks: [{ auth_code: 'authcode-demo' }],
    answers: [{ what: 'without access_token', body: { ...OK, ...PERMANENT_EXAMPLE, state: 'channel01' } }],
  }),
  ...[
    { name: 'service/get_auth_info', pages: [] },
    { name: 'service/v2/get_auth_info', pages: [100795] },
  ].map(({ name, pages }) =>
    endpoint({
      name,
      purpose: 'reads an authorisation again',
      token: SUITE,
      request: authorised,
      response: answer(AUTHORISATION.required, AUTHORISATION.optional),
      errcodes: BAD_AUTHORISATION,
      pages,
      confidence: ['M', 'S'],
      asks: [ASKED_AUTHORISED],
      answers: [
        { what: 'usual', body: { ...OK, ...AUTHORISATION_EXAMPLE } },
        { what: 'no agent left', body: { ...OK, ...AUTHORISATION_EXAMPLE, auth_info: { agent: [] } } },
      ],
    }),
  ),
  endpoint({
    name: 'service/get_admin_list',
    purpose: 'administrators of a third-party app',
    token: SUITE,
    request: object({ auth_corpid: text, agentid: integerFrom(0) }),
    response: answer({ admin: listOf(admin) }),
    errcodes: [40056, ...BAD_AUTHORISATION],
    pages: [90606],
    confidence: ['S', 'K'],
    limits: ['auth_type 0 may send messages, 1 may manage (K)', 'external administrators are not listed (T)'],
    asks: [{ auth_corpid: 'wpDemoCorp', agentid: 1_000_002 }],
    answers: [
      { what: 'usual', body: { ...OK, admin: [{ userid: 'woDemoAdmin', open_userid: 'woDemoAdmin', auth_type: 1 }] } },
      { what: 'nobody', body: { ...OK, admin: [] } },
    ],
  }),
  endpoint({
    name: 'agent/get_admin_list',
    purpose: 'administrators of a custom app',
    token: CORP,
    response: answer({ admin: listOf(admin) }),
    pages: [],
    confidence: ['S', '?'],
    limits: ['the method is not stated where this was read'],
    answers: [{ what: 'usual', body: { ...OK, admin: [{ userid: 'woDemoAdmin', auth_type: 1 }] } }],
  }),
  endpoint({
    name: 'agent/get_permissions',
    purpose: 'rights the corp granted',
    token: CORP,
    request: object({}),
    response: answer({ app_permissions: listOf(text) }),
    pages: [99052],
    confidence: ['M'],
    asks: [{}],
    answers: [{ what: 'usual', body: { ...OK, app_permissions: ['contact:base:read', 'message:send'] } }],
  }),
  endpoint({
    name: 'service/get_customized_auth_url',
    purpose: 'QR code by which a corp authorises a custom-app template',
    token: PROVIDER,
    request: object({ state: textOfLength(128), templateid_list: listOf(text, undefined, 1) }),
    response: answer({ qrcode_url: text, expires_in: integerFrom(1, 864_000) }),
    errcodes: [40083, 84025],
    pages: [],
    confidence: ['M'],
    limits: ['10 days'],
    asks: [{ state: 'channel01', templateid_list: ['dk000000000000demo'] }],
    answers: [
      { what: 'usual', body: { ...OK, qrcode_url: 'https://open.work.weixin.qq.com/qr', expires_in: 864_000 } },
    ],
  }),
  endpoint({
    name: 'service/corpid_to_opencorpid',
    purpose: 'encrypted corpid of a plain one, such as from a contract',
    token: PROVIDER,
    request: object({ corpid: text }),
    response: answer({ open_corpid: text }),
    errcodes: [40013],
    pages: [97061],
    confidence: ['M'],
    asks: [{ corpid: 'ww0123456789abcdef' }],
    answers: [{ what: 'usual', body: { ...OK, open_corpid: 'wpDemoCorp' } }],
  }),
  endpoint({
    name: 'service/get_app_qrcode',
    purpose: 'QR code that installs a third-party app',
    token: SUITE,
    request: object(
      { suite_id: text },
      { state: textOfLength(32), style: integerFrom(0, 4), result_type: oneOfValues(1, 2) },
    ),
    response: answer({}, { qrcode: anyText }),
    errcodes: [40083, 48003],
    pages: [],
    confidence: ['M', '?'],
    asks: [{ suite_id: 'ww000000000000demo', state: 'channel01', result_type: 2 }],
    answers: [{ what: 'usual', body: { ...OK, qrcode: 'https://open.work.weixin.qq.com/qr' } }],
    unused: 'the product installs by its own link, whose redirect tells the browser that it worked',
  }),
];
