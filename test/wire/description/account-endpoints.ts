import { answer, answerAlsoUnder, endpoint, OK, type Endpoint } from './endpoint';
import {
  accountType,
  anyText,
  encryptedCorpId,
  encryptedUserId,
  integer,
  integerFrom,
  listOf,
  object,
  oneOfValues,
  seconds,
  text,
} from './json-schema';
import { failedItem, OF_A_CORP, PAGING, pagingAnswered, pagingAsked, PROVIDER } from './order-shapes';

const ALL_FAILED = [701024];
const BATCH = [701025, 701026];
const CANNOT_BIND = [
  701003, 701011, 701012, 701019, 701021, 701030, 701054, 701055, 701081, 701082, 701087, 701088, 701089,
];
const BATCH_LIMIT = '1000 a call';
const MEMBER = { corpid: 'wpDemoCorp', userid: 'woA' };
const TIMES = { active_time: 1_640_966_400, expire_time: 1_672_502_400 };

const activeCode = object(
  { active_code: text, type: accountType, status: integerFrom(1, 6), create_time: seconds },
  {
    userid: encryptedUserId,
    active_time: seconds,
    expire_time: seconds,
    merge_info: object({}, { to_active_code: text, from_active_code: text }),
    share_info: object({}, { to_corpid: encryptedCorpId, from_corpid: encryptedCorpId }),
  },
);
const UNBOUND = { active_code: 'LA1', type: 1, status: 1, create_time: 1_640_966_400 };
const MERGED = {
  ...UNBOUND,
  active_code: 'LA2',
  status: 5,
  userid: 'woA',
  ...TIMES,
  merge_info: { to_active_code: 'LA3', from_active_code: 'LA0' },
};
const SHARED = { ...UNBOUND, active_code: 'LA4', status: 6, share_info: { to_corpid: 'wpDown', from_corpid: 'wpUp' } };

const activation: readonly Endpoint[] = [
  endpoint({
    name: 'license/active_account',
    purpose: 'binds a code to a member',
    token: PROVIDER,
    request: object({ active_code: text, corpid: encryptedCorpId, userid: encryptedUserId }),
    response: answer(),
    errcodes: [...OF_A_CORP, ...CANNOT_BIND],
    pages: [95553, 97188],
    confidence: ['O', 'C'],
    limits: [
      'within 365 days of the code’s creation',
      'an active member: only with 20 days or less left; 5 years in all',
    ],
    asks: [{ active_code: 'LA1', ...MEMBER }],
    answers: [{ what: 'usual', body: OK }],
  }),
  endpoint({
    name: 'license/batch_active_account',
    purpose: 'binds up to 1000 codes',
    token: PROVIDER,
    request: object({
      corpid: encryptedCorpId,
      active_list: listOf(object({ active_code: text, userid: encryptedUserId }), 1000, 1),
    }),
    response: answerAlsoUnder(ALL_FAILED, {
      active_result: listOf(object({ active_code: text, userid: encryptedUserId, errcode: integer })),
    }),
    errcodes: [...OF_A_CORP, ...BATCH, ...ALL_FAILED, 701020, 701023],
    pages: [95553, 97188],
    confidence: ['O', 'C'],
    limits: [BATCH_LIMIT],
    asks: [{ corpid: 'wpDemoCorp', active_list: [{ active_code: 'LA1', userid: 'woA' }] }],
    answers: [
      {
        what: 'errcode 0 with a failure inside',
        body: {
          ...OK,
          active_result: [
            { active_code: 'LA1', userid: 'woA', errcode: 0 },
            { active_code: 'LA2', userid: 'woB', errcode: 701082 },
          ],
        },
      },
      {
        what: 'all failed',
        body: { errcode: 701024, errmsg: 'x', active_result: [{ active_code: 'LA1', userid: 'woA', errcode: 701003 }] },
      },
    ],
  }),
  endpoint({
    name: 'license/active_account_by_type',
    purpose: 'binds the free code whose activation deadline is nearest',
    token: PROVIDER,
    request: object({ type: accountType, corpid: encryptedCorpId, userid: encryptedUserId }),
    response: answer(),
    errcodes: [...OF_A_CORP, 701006, 701007, 701010, ...CANNOT_BIND],
    pages: [95553, 97188],
    confidence: ['M', 'C'],
    limits: ['the member must hold no valid licence of that type'],
    asks: [{ type: 1, ...MEMBER }],
    answers: [{ what: 'usual', body: OK }],
  }),
  endpoint({
    name: 'license/batch_transfer_license',
    purpose: 'moves all licences of one member to another',
    token: PROVIDER,
    request: object({
      corpid: encryptedCorpId,
      transfer_list: listOf(object({ handover_userid: encryptedUserId, takeover_userid: encryptedUserId }), 1000, 1),
    }),
    response: answerAlsoUnder(ALL_FAILED, {
      transfer_result: listOf(
        object({ handover_userid: encryptedUserId, takeover_userid: encryptedUserId, errcode: integer }),
      ),
    }),
    errcodes: [...OF_A_CORP, ...BATCH, ...ALL_FAILED, 701020],
    pages: [95673, 97192],
    confidence: ['M'],
    limits: [
      BATCH_LIMIT,
      'in service: once in 30 days (701017)',
      'receiver of the same type: 20 days or less left (701018)',
    ],
    asks: [{ corpid: 'wpDemoCorp', transfer_list: [{ handover_userid: 'woA', takeover_userid: 'woB' }] }],
    answers: [
      {
        what: 'errcode 0 with a failure inside',
        body: {
          ...OK,
          transfer_result: [
            { handover_userid: 'woA', takeover_userid: 'woB', errcode: 0 },
            { handover_userid: 'woC', takeover_userid: 'woD', errcode: 701017 },
          ],
        },
      },
      {
        what: 'all failed',
        body: {
          errcode: 701024,
          errmsg: 'x',
          transfer_result: [{ handover_userid: 'woA', takeover_userid: 'woB', errcode: 701016 }],
        },
      },
    ],
  }),
  endpoint({
    name: 'license/batch_share_active_code',
    purpose: 'hands codes to a downstream corp',
    token: PROVIDER,
    request: object(
      {
        from_corpid: encryptedCorpId,
        to_corpid: encryptedCorpId,
        share_list: listOf(object({ active_code: text }), 1000, 1),
      },
      { corp_link_type: oneOfValues(0, 1) },
    ),
    response: answerAlsoUnder(ALL_FAILED, {}, { share_result: listOf(failedItem({ active_code: text })) }),
    errcodes: [...OF_A_CORP, ...BATCH, ...ALL_FAILED, 701051, 701054, 701055, 701056, 701057, 701058, 701150],
    pages: [96059, 97193],
    confidence: ['M'],
    limits: [
      BATCH_LIMIT,
      'twice the downstream corp’s head count in all',
      'unactivated, not shared before',
      'no test corps',
    ],
    asks: [{ from_corpid: 'wpUp', to_corpid: 'wpDown', share_list: [{ active_code: 'LA1' }], corp_link_type: 0 }],
    answers: [
      { what: 'all shared: failures only are listed', body: { ...OK, share_result: [] } },
      { what: 'no list at all', body: OK },
      {
        what: 'errcode 0 with a failure inside',
        body: { ...OK, share_result: [{ active_code: 'LA1', errcode: 701003, errmsg: 'bound' }] },
      },
    ],
  }),
];

const reading: readonly Endpoint[] = [
  endpoint({
    name: 'license/get_active_info_by_code',
    purpose: 'one code',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId, active_code: text }),
    response: answer({ active_info: activeCode }),
    errcodes: [...OF_A_CORP, 701021],
    pages: [95552, 97189],
    confidence: ['O', 'M'],
    asks: [{ corpid: 'wpDemoCorp', active_code: 'LA1' }],
    answers: [
      { what: 'unbound: no member, no times', body: { ...OK, active_info: UNBOUND } },
      { what: 'merged', body: { ...OK, active_info: MERGED } },
      { what: 'shared', body: { ...OK, active_info: SHARED } },
    ],
  }),
  endpoint({
    name: 'license/batch_get_active_info_by_code',
    purpose: 'up to 1000 codes',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId, active_code_list: listOf(text, 1000, 1) }),
    response: answer({ active_info_list: listOf(activeCode) }, { invalid_active_code_list: listOf(text) }),
    errcodes: [...OF_A_CORP, ...BATCH, ...ALL_FAILED, 701010],
    pages: [95552, 97189],
    confidence: ['O', 'M'],
    limits: [BATCH_LIMIT],
    asks: [{ corpid: 'wpDemoCorp', active_code_list: ['LA1', 'LA9'] }],
    answers: [
      {
        what: 'errcode 0 with an unknown code beside',
        body: { ...OK, active_info_list: [UNBOUND, MERGED], invalid_active_code_list: ['LA9'] },
      },
      { what: 'none unknown', body: { ...OK, active_info_list: [UNBOUND] } },
    ],
  }),
  endpoint({
    name: 'license/list_actived_account',
    purpose: 'all activated members of a corp, expired ones included',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId }, pagingAsked),
    response: answer(
      {
        account_list: listOf(
          object({ userid: encryptedUserId, type: accountType, active_time: seconds, expire_time: seconds }),
        ),
      },
      pagingAnswered,
    ),
    errcodes: OF_A_CORP,
    pages: [95544, 97190],
    confidence: ['O'],
    limits: [PAGING, 'no codes here', 'a downstream corp’s list holds shared and bound codes too'],
    asks: [{ corpid: 'wpDemoCorp', limit: 1000, cursor: '' }],
    answers: [
      {
        what: 'a page with more, an expired one on it',
        body: { ...OK, account_list: [{ userid: 'woA', type: 1, ...TIMES }], next_cursor: 'next', has_more: 1 },
      },
      { what: 'nobody', body: { ...OK, account_list: [], next_cursor: '', has_more: 0 } },
    ],
  }),
  endpoint({
    name: 'license/get_active_info_by_user',
    purpose: 'what one member holds',
    token: PROVIDER,
    request: object({ corpid: encryptedCorpId, userid: encryptedUserId }),
    response: answer(
      { active_status: oneOfValues(0, 1) },
      {
        active_info_list: listOf(
          object(
            { type: accountType, userid: encryptedUserId, active_time: seconds, expire_time: seconds },
            { active_code: anyText },
          ),
          2,
        ),
      },
    ),
    errcodes: [...OF_A_CORP, 60111, 701019],
    pages: [95555, 97191],
    confidence: ['O'],
    limits: [
      'one entry per type at most',
      'whether active_status falls back on expiry is not stated: judge by expire_time',
    ],
    asks: [MEMBER],
    answers: [
      { what: 'nothing held, no list', body: { ...OK, active_status: 0 } },
      {
        what: 'status 1 though expired',
        body: { ...OK, active_status: 1, active_info_list: [{ active_code: 'LA1', type: 1, userid: 'woA', ...TIMES }] },
      },
    ],
  }),
];

/** licence-api.md, section 4. */
export const ACCOUNT_ENDPOINTS: readonly Endpoint[] = [...activation, ...reading];
