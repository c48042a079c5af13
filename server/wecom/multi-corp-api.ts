import { z } from 'zod';
import { AppError } from '../errors';
import { checkAsked, checkIds } from './asked';
import { addBatches, inBatches } from './batches';
import type { Wecom } from './client';
import type { LicenceCall } from './licence-call';
import { CorpPurchase, type MultiCorpResult } from './order-types';
import {
  PAGE_SIZE,
  readCursor,
  wireAccountCount,
  wireDuration,
  wireFailedCorps,
  wireId,
  wireList,
  wireMoment,
  wireNothing,
  wireNumber,
  wirePaging,
  wireText,
} from './wire';

type MultiCorpApi = Pick<
  Wecom,
  'addToMultiCorpJob' | 'submitMultiCorpJob' | 'getMultiCorpResult' | 'getMultiCorpOrder'
>;

const CORPS_OF_A_CALL = 10;

const job = z.object({ jobid: wireId, invalid_list: wireFailedCorps });
const result = z.object({ status: wireNumber, order_id: wireText, fail_list: wireFailedCorps });
const unionOrder = z.object({
  order: z.object({
    order_id: wireId,
    order_status: wireNumber,
    price: wireNumber.nullish(),
    create_time: wireMoment,
    pay_time: wireMoment,
  }),
  buy_list: wireList(
    z.object({
      sub_order_id: wireId,
      corpid: wireId,
      account_count: wireAccountCount,
      account_duration: wireDuration,
    }),
  ),
  ...wirePaging,
});

/** One order for several corps (licence-api.md, section 3.7): collected in a job, made later, paid as one. */
export function createMultiCorpApi(call: LicenceCall): MultiCorpApi {
  return {
    /** create_new_order_job (98892 / 98887). More than 10 corps go in several calls; a job not submitted does nothing. */
    addToMultiCorpJob: async (asked, jobId) => {
      const { purchases } = checkAsked(z.object({ purchases: z.array(CorpPurchase).min(1) }), {
        purchases: [...asked],
      });
      return addBatches(inBatches(purchases, CORPS_OF_A_CALL), jobId, async (batch, known) => {
        const body = { buy_list: batch.map(wirePurchase), ...(known !== null && { jobid: known }) };
        const { invalid_list, jobid } = await call('create_new_order_job', body, job);
        return { jobId: jobid, refused: invalid_list };
      });
    },
    /** submit_new_order_job: the order is made afterwards. */
    submitMultiCorpJob: async (jobId, buyerUserId) => {
      checkIds({ jobId, buyerUserId });
      await call('submit_new_order_job', { jobid: jobId, buyer_userid: buyerUserId }, wireNothing);
    },
    /** new_order_job_result. */
    getMultiCorpResult: async (jobId) => readResult(await call('new_order_job_result', { jobid: jobId }, result)),
    /** get_union_order (98893 / 98888). */
    getMultiCorpOrder: async (orderId, cursor) => {
      const page = await call(
        'get_union_order',
        { order_id: orderId, limit: PAGE_SIZE, cursor: cursor ?? '' },
        unionOrder,
      );
      return {
        order: presentOrder(page.order),
        parts: { items: page.buy_list.map(presentPart), nextCursor: readCursor(page, cursor) },
      };
    },
  };
}

function wirePurchase(one: z.output<typeof CorpPurchase>): object {
  return {
    corpid: one.corpId,
    account_count: { base_count: one.baseCount, external_contact_count: one.externalContactCount },
    account_duration: { months: one.months, days: one.days },
    auto_active_status: one.autoActivation ? 1 : 0,
  };
}

/** 1 done, 2 being made, 3 failed; errcode is 0 in all of them. */
function readResult({ fail_list, order_id, status }: z.output<typeof result>): MultiCorpResult {
  if (status === 2) return { state: 'running' };
  if (status === 3) return { state: 'failed', refused: fail_list };
  if (status === 1 && order_id !== null) return { state: 'done', orderId: order_id };
  throw new AppError('wecom.malformed', { logDetail: `new_order_job_result with status ${status}` });
}

function presentOrder(order: z.output<typeof unionOrder>['order']) {
  return {
    orderId: order.order_id,
    status: order.order_status,
    priceFen: order.price ?? null,
    createdAtMs: order.create_time ?? 0,
    paidAtMs: order.pay_time,
  };
}

function presentPart(part: z.output<typeof unionOrder>['buy_list'][number]) {
  const { baseCount, externalContactCount } = part.account_count;
  const { days, months } = part.account_duration;
  return { orderId: part.sub_order_id, corpId: part.corpid, baseCount, externalContactCount, days, months };
}
