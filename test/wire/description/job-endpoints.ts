import { answer, endpoint, OK, type Endpoint } from './endpoint';
import {
  encryptedCorpId,
  fen,
  integer,
  anyText,
  integerFrom,
  listOf,
  object,
  oneOfValues,
  seconds,
  text,
} from './json-schema';
import {
  accountCount,
  accountDuration,
  failedItem,
  orderStatus,
  PAGING,
  pagingAnswered,
  pagingAsked,
  PROVIDER,
} from './order-shapes';

const failedCorp = failedItem({ corpid: encryptedCorpId });
const jobId = object({ jobid: text });
const READABLE_FOR = 'readable for 7 days after submitting';
const COUNT = { base_count: 10, external_contact_count: 0 };
const FAILED_CORP = { corpid: 'wpDemoCorp', errcode: 701131, errmsg: 'too many' };

/** licence-api.md, sections 3.7 and 3.8: several corps in one order, and paying from the balance. */
export const JOB_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    name: 'license/create_new_order_job',
    purpose: 'opens or extends a multi-corp purchase job',
    token: PROVIDER,
    request: object(
      {
        buy_list: listOf(
          object(
            { corpid: encryptedCorpId, account_count: accountCount, account_duration: accountDuration },
            { auto_active_status: oneOfValues(0, 1) },
          ),
          10,
          1,
        ),
      },
      { jobid: text },
    ),
    response: answer({ jobid: text }, { invalid_list: listOf(failedCorp) }),
    errcodes: [701025, 701026, 701070, 701121, 701122, 701123, 701124, 701126],
    pages: [98892, 98887],
    confidence: ['M', 'Z'],
    limits: ['10 corps a call, 100,000 a job', 'auto_active_status left out means on', 'no test corps (701121)'],
    asks: [
      {
        buy_list: [
          {
            corpid: 'wpDemoCorp',
            account_count: COUNT,
            account_duration: { months: 12, days: 0 },
            auto_active_status: 1,
          },
        ],
        jobid: 'JOB',
      },
    ],
    answers: [
      { what: 'all taken', body: { ...OK, jobid: 'JOB' } },
      { what: 'errcode 0 with a corp refused inside', body: { ...OK, jobid: 'JOB', invalid_list: [FAILED_CORP] } },
    ],
  }),
  endpoint({
    name: 'license/submit_new_order_job',
    purpose: 'submits it; the order is made later',
    token: PROVIDER,
    request: object({ jobid: text, buyer_userid: text }),
    response: answer({}, { jobid: text }),
    errcodes: [40003, 60111, 701122, 701126],
    pages: [98892, 98887],
    confidence: ['M', 'Z', 'S'],
    asks: [{ jobid: 'JOB', buyer_userid: 'zhangsan' }],
    answers: [
      { what: 'errcode only', body: OK },
      { what: 'with jobid', body: { ...OK, jobid: 'JOB' } },
    ],
  }),
  endpoint({
    name: 'license/new_order_job_result',
    purpose: 'what became of it: 1 done, 2 being made, 3 failed',
    token: PROVIDER,
    request: jobId,
    response: answer({ status: oneOfValues(1, 2, 3) }, { order_id: text, fail_list: listOf(failedCorp) }),
    errcodes: [701125],
    pages: [98892, 98887],
    confidence: ['M', 'Z'],
    limits: [READABLE_FOR],
    asks: [{ jobid: 'JOB' }],
    answers: [
      { what: 'done', body: { ...OK, status: 1, order_id: 'OI008' } },
      { what: 'being made', body: { ...OK, status: 2 } },
      { what: 'errcode 0 though it failed', body: { ...OK, status: 3, fail_list: [FAILED_CORP] } },
    ],
  }),
  endpoint({
    name: 'license/get_union_order',
    purpose: 'a multi-corp order with its parts',
    token: PROVIDER,
    request: object({ order_id: text }, pagingAsked),
    response: answer(
      {
        order: object(
          {
            order_id: text,
            order_type: { const: 8 },
            order_status: { ...orderStatus, maximum: 3 },
            price: fen,
            create_time: seconds,
          },
          { pay_time: seconds },
        ),
        buy_list: listOf(
          object({
            sub_order_id: text,
            corpid: encryptedCorpId,
            account_count: accountCount,
            account_duration: accountDuration,
          }),
        ),
      },
      pagingAnswered,
    ),
    errcodes: [701005],
    pages: [98893, 98888],
    confidence: ['M', 'Z'],
    limits: [PAGING, 'a parent is only ever 0 to 3'],
    asks: [{ order_id: 'OI008', limit: 1000, cursor: '' }],
    answers: [
      {
        what: 'unpaid',
        body: {
          ...OK,
          order: { order_id: 'OI008', order_type: 8, order_status: 0, price: 10_000, create_time: 1_700_000_000 },
          has_more: 0,
          next_cursor: '',
          buy_list: [
            { sub_order_id: 'OI009', corpid: 'wpDemoCorp', account_count: COUNT, account_duration: { months: 12 } },
          ],
        },
      },
    ],
  }),
  endpoint({
    name: 'license/submit_pay_job',
    purpose: 'pays an order from the balance',
    token: PROVIDER,
    request: object({ payer_userid: text, order_id: text }),
    response: answer({ jobid: text }),
    errcodes: [40003, 60111, 701005, 701084, 701085, 701160, 701161],
    pages: [99420],
    confidence: ['M'],
    limits: ['the way of paying cannot change afterwards', 'purchase, renewal and multi-corp orders'],
    asks: [{ payer_userid: 'zhangsan', order_id: 'OI001' }],
    answers: [{ what: 'usual', body: { ...OK, jobid: 'PAY' } }],
  }),
  endpoint({
    name: 'license/pay_job_result',
    purpose: 'what became of it: 1 paid, 2 running, 3 failed',
    token: PROVIDER,
    request: jobId,
    response: answer(
      { status: oneOfValues(1, 2, 3) },
      { pay_job_result: object({ errcode: integer }, { errmsg: anyText, fail_corp_list: listOf(failedCorp) }) },
    ),
    errcodes: [701125],
    pages: [99420],
    confidence: ['M'],
    limits: [READABLE_FOR, 'the top-level errcode is 0 even when payment failed: judge by status'],
    asks: [{ jobid: 'PAY' }],
    answers: [
      { what: 'paid', body: { ...OK, status: 1 } },
      { what: 'running', body: { ...OK, status: 2 } },
      {
        what: 'errcode 0 though payment failed',
        body: {
          ...OK,
          status: 3,
          pay_job_result: { errcode: 701160, errmsg: 'check failed', fail_corp_list: [FAILED_CORP] },
        },
      },
    ],
  }),
  endpoint({
    name: 'service/get_account_balance',
    purpose: 'prepaid balance in fen',
    token: PROVIDER,
    response: answer({ balance: integerFrom(0) }),
    pages: [100_137, 100_138],
    confidence: ['M', 'S'],
    answers: [
      { what: 'usual', body: { ...OK, balance: 1_000_090 } },
      { what: 'over 32 bits', body: { ...OK, balance: 10_000_000_000 } },
    ],
  }),
];
