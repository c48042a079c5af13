import { answer, CORP, endpoint, OK, SUITE, type Endpoint } from './endpoint';
import { anyText, either, integer, integerFrom, listOf, object, oneOfValues, text, textOfBytes } from './json-schema';

const OAUTH_CODE = object({ code: textOfBytes(512) });
const JS_CODE = object({ js_code: text, grant_type: { const: 'authorization_code' } });
const ASKED_JS_CODE = { js_code: 'code', grant_type: 'authorization_code' };
const ticket = { user_ticket: text, expires_in: integer };
const DEAD_CODE = [40029, 42022];
/** What an unlicensed member's login is answered with is not stated; 701099 is the likely one. */
const UNLICENSED = [701099];
const DEAD_TICKET = [84014, 84015, 84090];
const NO_PERSONAL_DATA = 'personal data is not asked for: a third-party app gets no names, and nothing here needs more';

const codeLimits = ['a code lives 5 minutes and works once'];

/** login.md: who a code belongs to. */
export const LOGIN_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'service/auth/getuserinfo3rd',
    purpose: 'identity behind an OAuth or scan-login code',
    token: SUITE,
    query: OAUTH_CODE,
    response: either(
      answer({ corpid: text, userid: text }, { open_userid: text, ...ticket }),
      answer({ openid: text }),
    ),
    errcodes: [...DEAD_CODE, 48002, ...UNLICENSED],
    pages: [91121, 98179],
    confidence: ['O'],
    limits: [...codeLimits, 'a member of a corp that never installed the app passes too', 'forbidden for custom apps'],
    asks: [{ code: 'code' }],
    answers: [
      { what: 'a member', body: { ...OK, corpid: 'wpDemoCorp', userid: 'woA', open_userid: 'woOpenA' } },
      { what: 'a member without open_userid', body: { ...OK, corpid: 'wpDemoCorp', userid: 'woA' } },
      { what: 'an outsider', body: { ...OK, openid: 'openid' } },
    ],
  }),
  endpoint({
    name: 'service/getuserinfo3rd',
    purpose: 'the same, older path',
    token: SUITE,
    query: OAUTH_CODE,
    response: either(
      answer({ CorpId: text, UserId: text }, { DeviceId: anyText, open_userid: text, ...ticket }),
      answer({ OpenId: text }, { DeviceId: anyText }),
    ),
    errcodes: [...DEAD_CODE, ...UNLICENSED],
    pages: [91121],
    confidence: ['S'],
    asks: [{ code: 'code' }],
    answers: [{ what: 'in capitals', body: { ...OK, CorpId: 'wpDemoCorp', UserId: 'woA', DeviceId: '' } }],
    unused: 'the newer path says the same; its answers are read in capitals too',
  }),
  endpoint({
    name: 'service/auth/getuserdetail3rd',
    purpose: 'gender, avatar and QR code of a consenting member',
    token: SUITE,
    request: object({ user_ticket: text }),
    response: answer(
      { corpid: text, userid: text },
      { name: anyText, gender: anyText, avatar: anyText, qr_code: anyText },
    ),
    errcodes: DEAD_TICKET,
    pages: [91122],
    confidence: ['M'],
    asks: [{ user_ticket: 'ticket' }],
    answers: [{ what: 'the name is the userid', body: { ...OK, corpid: 'wpDemoCorp', userid: 'woA', name: 'woA' } }],
    unused: NO_PERSONAL_DATA,
  }),
  endpoint({
    name: 'auth/getuserinfo',
    purpose: 'identity behind a code of a custom app; the corp is known',
    token: CORP,
    query: OAUTH_CODE,
    response: either(answer({ userid: text }, ticket), answer({ openid: text }, { external_userid: text })),
    errcodes: [...DEAD_CODE, ...UNLICENSED],
    pages: [98177],
    confidence: ['O'],
    limits: [...codeLimits, 'with a valid code not counted against the limits (90454)'],
    asks: [{ code: 'code' }],
    answers: [
      { what: 'a member', body: { ...OK, userid: 'woA' } },
      { what: 'a customer', body: { ...OK, openid: 'openid', external_userid: 'wmA' } },
    ],
  }),
  endpoint({
    name: 'user/getuserinfo',
    purpose: 'the same, older path',
    token: CORP,
    query: OAUTH_CODE,
    response: either(answer({ UserId: text }, { DeviceId: anyText }), answer({ OpenId: text }, { DeviceId: anyText })),
    errcodes: DEAD_CODE,
    pages: [],
    confidence: ['S'],
    asks: [{ code: 'code' }],
    answers: [{ what: 'in capitals', body: { ...OK, UserId: 'woA', DeviceId: '' } }],
    unused: 'the newer path says the same; its answers are read in capitals too',
  }),
  endpoint({
    name: 'auth/getuserdetail',
    purpose: 'what a member of a custom app’s corp consented to show',
    token: CORP,
    request: object({ user_ticket: text }),
    response: answer(
      { userid: text },
      Object.fromEntries(
        ['gender', 'avatar', 'qr_code', 'mobile', 'email', 'biz_mail', 'address'].map((name) => [name, anyText]),
      ),
    ),
    errcodes: DEAD_TICKET,
    pages: [98177],
    confidence: ['O'],
    asks: [{ user_ticket: 'ticket' }],
    answers: [{ what: 'no consent at all', body: { ...OK, userid: 'woA' } }],
    unused: NO_PERSONAL_DATA,
  }),
  endpoint({
    name: 'service/get_login_info',
    purpose: 'administrator’s free login; `access_token` holds the provider token',
    token: { kind: 'provider', query: 'access_token' },
    request: object({ auth_code: textOfBytes(512) }),
    response: answer(
      {
        usertype: integerFrom(1, 5),
        user_info: object({ userid: text }, { open_userid: text, name: anyText, avatar: anyText }),
        corp_info: object({ corpid: text }),
      },
      {
        agent: listOf(object({ agentid: integerFrom(0), auth_type: oneOfValues(0, 1) })),
        auth_info: object({ department: listOf(object({ id: integer, writable: { type: ['boolean', 'string'] } })) }),
      },
    ),
    errcodes: [...DEAD_CODE, 40078],
    pages: [91125],
    confidence: ['M', 'S'],
    limits: [...codeLimits],
    asks: [{ auth_code: 'code' }],
    answers: [
      {
        what: 'an administrator of the app',
        body: {
          ...OK,
          usertype: 2,
          user_info: { userid: 'woA', open_userid: 'woOpenA', name: 'woA', avatar: '' },
          corp_info: { corpid: 'wpDemoCorp' },
          agent: [{ agentid: 1_000_002, auth_type: 1 }],
          auth_info: { department: [{ id: 1, writable: true }] },
        },
      },
      {
        what: 'a member who manages nothing',
        body: { ...OK, usertype: 5, user_info: { userid: 'woA' }, corp_info: { corpid: 'wpDemoCorp' } },
      },
    ],
  }),
  endpoint({
    name: 'service/miniprogram/jscode2session',
    purpose: 'identity behind wx.qy.login, third-party app',
    token: SUITE,
    query: JS_CODE,
    response: answer({ corpid: text, userid: text, session_key: text }, { open_userid: text }),
    errcodes: [...DEAD_CODE, ...UNLICENSED],
    pages: [92423, 96959],
    confidence: ['O'],
    limits: [...codeLimits, 'session_key stays on the server'],
    asks: [ASKED_JS_CODE],
    answers: [
      { what: 'usual', body: { ...OK, corpid: 'wpDemoCorp', userid: 'woA', session_key: 'k', open_userid: 'woOpenA' } },
    ],
  }),
  endpoint({
    name: 'miniprogram/jscode2session',
    purpose: 'identity behind wx.qy.login, custom app',
    token: CORP,
    query: JS_CODE,
    response: answer({ corpid: text, userid: text, session_key: text }),
    errcodes: [...DEAD_CODE, ...UNLICENSED],
    pages: [92423, 96959],
    confidence: ['O'],
    limits: codeLimits,
    asks: [ASKED_JS_CODE],
    answers: [{ what: 'usual', body: { ...OK, corpid: 'wpDemoCorp', userid: 'woA', session_key: 'k' } }],
  }),
];
