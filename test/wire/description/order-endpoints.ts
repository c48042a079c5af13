import { answer, endpoint, OK, type Endpoint } from './endpoint';
import {
  accountType,
  either,
  encryptedCorpId,
  encryptedUserId,
  fen,
  integerFrom,
  listOf,
  object,
  seconds,
  text,
} from './json-schema';
import {
  accountCount,
  accountDuration,
  failedItem,
  OF_A_CORP,
  OF_AN_ORDER,
  orderStatus,
  orderType,
  PAGING,
  pagingAnswered,
  pagingAsked,
  PROVIDER,
} from './order-shapes';

/** What keeps a corp from ordering: other orders, a test corp's rules, its app orders. */
const CANNOT_ORDER = [
  701009, 701027, 701028, 701031, 701032, 701033, 701034, 701035, 701036, 701037, 701038, 701040, 701127, 701128,
  701129, 701130, 701131, 701132, 701133, 701135,
];
const CANNOT_RENEW = [701009, 701010, 701013, 701029, 701030, 701031, 701032, 701033, 701037, 701039, 701090];
const ORDER = {
  order_id: 'OI001',
  order_type: 1,
  order_status: 1,
  corpid: 'wpDemoCorp',
  price: 10_000_000_000,
  account_count: { base_count: 20, external_contact_count: 0 },
  account_duration: { months: 12 },
  create_time: 1_700_000_000,
  pay_time: 1_700_000_100,
};

const createNewOrder = endpoint({
  name: 'license/create_new_order',
  purpose: 'buys accounts for one corp',
  token: PROVIDER,
  request: object({
    corpid: encryptedCorpId,
    buyer_userid: text,
    account_count: accountCount,
    account_duration: accountDuration,
  }),
  response: answer({ order_id: text }),
  errcodes: [...OF_A_CORP, 40003, 60111, ...CANNOT_ORDER],
  pages: [95644, 97182],
  confidence: ['M', 'Z', 'C'],
  limits: [
    '1,000,000 accounts a type; a test corp 1,000, one month, no days',
    '31 to 1860 days in all',
    'buyer_userid: a member of the provider’s own corp',
    'errmsg may hold WARNING though the call succeeds',
  ],
  asks: [
    {
      corpid: 'wpDemoCorp',
      buyer_userid: 'zhangsan',
      account_count: { base_count: 20, external_contact_count: 0 },
      account_duration: { months: 12, days: 0 },
    },
  ],
  answers: [
    { what: 'usual', body: { ...OK, order_id: 'OI001' } },
    { what: 'a warning in errmsg', body: { errcode: 0, errmsg: 'WARNING: app order not linked', order_id: 'OI001' } },
  ],
});

const createRenewOrderJob = endpoint({
  name: 'license/create_renew_order_job',
  purpose: 'opens or extends a renewal job',
  token: PROVIDER,
  request: object(
    {
      corpid: encryptedCorpId,
      account_list: listOf(object({ userid: encryptedUserId, type: accountType }), 1000, 1),
    },
    { jobid: text },
  ),
  response: answer(
    { jobid: text },
    { invalid_account_list: listOf(failedItem({ userid: encryptedUserId, type: accountType })) },
  ),
  errcodes: [...OF_A_CORP, 701007, 701014, 701025, 701026, 701034, 701126, ...CANNOT_RENEW],
  pages: [95646, 97183],
  confidence: ['M', 'Z'],
  limits: ['1000 members a call', '1,000,000 accounts of each type a job'],
  asks: [
    { corpid: 'wpDemoCorp', account_list: [{ userid: 'woA', type: 1 }] },
    { corpid: 'wpDemoCorp', account_list: [{ userid: 'woB', type: 2 }], jobid: 'JOB' },
  ],
  answers: [
    { what: 'all taken', body: { ...OK, jobid: 'JOB' } },
    {
      what: 'a listed member with errcode 0 did not fail',
      body: {
        ...OK,
        jobid: 'JOB',
        invalid_account_list: [
          { errcode: 0, errmsg: 'ok', userid: 'woA', type: 1 },
          { errcode: 701004, errmsg: 'no account', userid: 'woB', type: 2 },
        ],
      },
    },
  ],
});

const submitOrderJob = endpoint({
  name: 'license/submit_order_job',
  purpose: 'turns a renewal job into an order',
  token: PROVIDER,
  request: object({
    jobid: text,
    buyer_userid: text,
    account_duration: either(object({ months: integerFrom(1, 60) }), object({ new_expire_time: seconds })),
  }),
  response: answer({ order_id: text }),
  errcodes: [40003, 40058, 60111, 701015, 701028, 701034, 701035, 701126, ...CANNOT_RENEW],
  pages: [95646, 97183],
  confidence: ['M', 'C'],
  limits: [
    'new_expire_time: neither today nor past, at most 1860 days ahead; moved to 24:00:00 of its day',
    'a test corp: one month, once, no new_expire_time',
  ],
  asks: [
    { jobid: 'JOB', buyer_userid: 'zhangsan', account_duration: { months: 12 } },
    { jobid: 'JOB', buyer_userid: 'zhangsan', account_duration: { new_expire_time: 1_800_000_000 } },
  ],
  answers: [{ what: 'usual', body: { ...OK, order_id: 'OI002' } }],
});

const listOrder = endpoint({
  name: 'license/list_order',
  purpose: 'orders of a period; without corpid also the parents of multi-corp orders',
  token: PROVIDER,
  request: {
    ...object({}, { corpid: encryptedCorpId, start_time: seconds, end_time: seconds, ...pagingAsked }),
    dependentRequired: { start_time: ['end_time'], end_time: ['start_time'] },
  },
  response: answer({ order_list: listOf(object({ order_id: text, order_type: orderType })) }, pagingAnswered),
  errcodes: OF_A_CORP,
  pages: [95647, 97184],
  confidence: ['O'],
  limits: ['31 days at once', PAGING, 'a test corp’s list holds test orders only, every other real ones only'],
  asks: [
    { corpid: 'wpDemoCorp', start_time: 1_700_000_000, end_time: 1_700_086_400, cursor: '', limit: 1000 },
    { start_time: 1_700_000_000, end_time: 1_700_086_400 },
  ],
  answers: [
    {
      what: 'one page',
      body: { ...OK, order_list: [{ order_id: 'OI001', order_type: 1 }], next_cursor: '', has_more: 0 },
    },
    {
      what: 'a page with more, multi-corp parent and migrated orders on it',
      body: {
        ...OK,
        order_list: [
          { order_id: 'OI008', order_type: 8 },
          { order_id: 'OI005', order_type: 5 },
        ],
        next_cursor: 'next',
        has_more: 1,
      },
    },
  ],
});

const getOrder = endpoint({
  name: 'license/get_order',
  purpose: 'one order',
  token: PROVIDER,
  request: object({ order_id: text }),
  response: answer({
    order: object(
      {
        order_id: text,
        order_type: orderType,
        order_status: orderStatus,
        corpid: encryptedCorpId,
        price: fen,
        account_count: accountCount,
        account_duration: object({}, { months: integerFrom(1), days: integerFrom(1), new_expire_time: seconds }),
        create_time: seconds,
      },
      { pay_time: seconds },
    ),
  }),
  errcodes: [701005, 701120],
  pages: [95648, 97185],
  confidence: ['O'],
  limits: ['not for a multi-corp parent (701120)'],
  asks: [{ order_id: 'OI001' }],
  answers: [
    { what: 'paid, a price over 32 bits', body: { ...OK, order: ORDER } },
    {
      what: 'a renewal to a date, unpaid',
      body: {
        ...OK,
        order: {
          ...ORDER,
          order_type: 2,
          order_status: 0,
          account_duration: { new_expire_time: 1_800_000_000 },
          pay_time: undefined,
        },
      },
    },
    { what: 'void after the corp left the test list', body: { ...OK, order: { ...ORDER, order_status: 7 } } },
  ],
});

const listOrderAccount = endpoint({
  name: 'license/list_order_account',
  purpose: 'codes of a purchase, members of a renewal',
  token: PROVIDER,
  request: object({ order_id: text }, pagingAsked),
  response: answer(
    {
      account_list: listOf(
        either(
          object({ type: accountType, active_code: text }),
          object({ type: accountType, userid: encryptedUserId }),
        ),
      ),
    },
    pagingAnswered,
  ),
  errcodes: [701005, 701022, 701083, 701120],
  pages: [95649, 97186],
  confidence: ['O', 'C'],
  limits: [PAGING, 'no codes before payment; 701022 while they are being made'],
  asks: [{ order_id: 'OI001', limit: 1000, cursor: '' }],
  answers: [
    {
      what: 'codes of a purchase',
      body: { ...OK, account_list: [{ active_code: 'LA1', type: 1 }], next_cursor: '', has_more: 0 },
    },
    {
      what: 'members of a renewal',
      body: { ...OK, account_list: [{ userid: 'woA', type: 2 }], next_cursor: '', has_more: 0 },
    },
    { what: 'unpaid: nothing', body: { ...OK, account_list: [], next_cursor: '', has_more: 0 } },
  ],
});

const cancelOrder = endpoint({
  name: 'license/cancel_order',
  purpose: 'cancels an unpaid order',
  token: PROVIDER,
  request: object({ order_id: text }, { corpid: encryptedCorpId }),
  response: answer(),
  errcodes: [...OF_A_CORP, ...OF_AN_ORDER, 701084, 701085],
  pages: [96106, 97187],
  confidence: ['M'],
  limits: ['corpid is required, but left out for a multi-corp order', 'only while unpaid and not expired'],
  asks: [{ order_id: 'OI001', corpid: 'wpDemoCorp' }, { order_id: 'OI008' }],
  answers: [{ what: 'usual', body: OK }],
});

/** licence-api.md, sections 3.1 to 3.6. */
export const ORDER_ENDPOINTS: readonly Endpoint[] = [
  createNewOrder,
  createRenewOrderJob,
  submitOrderJob,
  listOrder,
  getOrder,
  listOrderAccount,
  cancelOrder,
];
