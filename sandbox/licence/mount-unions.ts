import { z } from 'zod';
import { parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { partsOf } from '../state/find';
import type { JobFailure, UnionEntry } from '../state/types';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { describeOrder, describeWares, requireOrder } from './order-view';
import { PageRequest, pageOf } from './paging';
import { AccountCount, AccountDuration, errcodeOf, refusals, requireBatch } from './request';
import { MAX_JOB_CALL } from './spans';
import { addToUnionJob, openUnionJob, submitUnionJob, unionResult } from './union';

const Buy = z.object({
  corpid: z.string(),
  account_count: AccountCount,
  account_duration: AccountDuration,
  auto_active_status: z.union([z.literal(0), z.literal(1)]).default(1),
});
const Collect = z.object({ buy_list: z.array(Buy), jobid: z.string().nullish() });
const Submit = z.object({ jobid: z.string(), buyer_userid: z.string() });
const Result = z.object({ jobid: z.string() });
const UnionOrder = PageRequest.extend({ order_id: z.string() });

/** Buying for many corps at once (licence-api.md section 3.7). */
export function mountUnions(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/create_new_order_job', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(Collect, call);
    const list = requireBatch(request.buy_list, MAX_JOB_CALL);
    const job = openUnionJob(world, provider, request.jobid || null);
    const results = list.map((one) => ({
      corpid: one.corpid,
      errcode: errcodeOf(() => addToUnionJob(world, provider, job, entryOf(one))),
    }));
    return { jobid: job.jobId, invalid_list: refusals(results) };
  });

  wire.post('/cgi-bin/license/submit_new_order_job', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(Submit, call);
    return { jobid: submitUnionJob(world, provider, request.jobid, request.buyer_userid).jobId };
  });

  wire.post('/cgi-bin/license/new_order_job_result', (call) => {
    const job = unionResult(world, requireProviderToken(world, call), parseBody(Result, call).jobid);
    return {
      status: job.status,
      ...(job.orderId !== null && { order_id: job.orderId }),
      ...(job.failures.length > 0 && { fail_list: refusals(job.failures.map(describeFailure)) }),
    };
  });

  wire.post('/cgi-bin/license/get_union_order', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(UnionOrder, call);
    const order = requireOrder(world, provider, request.order_id);
    if (order.type !== 8) throw new WireError(701005);
    const { items, paging } = pageOf(partsOf(world, order.orderId), request);
    const parts = items.map((one) => ({ sub_order_id: one.orderId, corpid: one.corpId, ...describeWares(one) }));
    return { order: describeOrder(order), buy_list: parts, ...paging };
  });
}

export const describeFailure = ({ corpId, errcode }: JobFailure) => ({ corpid: corpId, errcode });

function entryOf(buy: z.infer<typeof Buy>): UnionEntry {
  const wares = { ...buy.account_count, ...buy.account_duration };
  return { corpId: buy.corpid, ...wares, autoActivation: buy.auto_active_status === 1 };
}
