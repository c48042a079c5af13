import { z } from 'zod';
import { parseBody, type Wire } from '../http/wire';
import { textOfErrcode } from '../http/wire-error';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { payResult, submitPayJob } from './balance';
import { describeFailure } from './mount-unions';
import { requireOrder } from './order-view';
import { refusals } from './request';

const Pay = z.object({ payer_userid: z.string(), order_id: z.string() });
const Result = z.object({ jobid: z.string() });

/** Paying from the prepaid balance (licence-api.md section 3.8). */
export function mountBalance(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/submit_pay_job', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(Pay, call);
    const order = requireOrder(world, provider, request.order_id);
    return { jobid: submitPayJob(world, provider, order, request.payer_userid).jobId };
  });

  // the top-level errcode is 0 even when the payment failed: `status` tells (page 99420)
  wire.post('/cgi-bin/license/pay_job_result', (call) => {
    const job = payResult(world, requireProviderToken(world, call), parseBody(Result, call).jobid);
    if (job.status !== 3) return { status: job.status };
    const failed = job.failures.length > 0 && { fail_corp_list: refusals(job.failures.map(describeFailure)) };
    const why = { errcode: job.errcode, errmsg: textOfErrcode(job.errcode) };
    return { status: job.status, pay_job_result: { ...why, ...failed } };
  });

  wire.get('/cgi-bin/service/get_account_balance', (call) => ({
    balance: requireProviderToken(world, call).balanceFen,
  }));
}
