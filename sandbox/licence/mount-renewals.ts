import { z } from 'zod';
import { SECOND_MS } from '../clock';
import { parseBody, type Wire } from '../http/wire';
import { WireError } from '../http/wire-error';
import { findCorp } from '../state/find';
import { requireProviderToken } from '../tokens/check';
import type { World } from '../world';
import { addToRenewJob, openRenewJob, requireRenewJob, submitRenewJob } from './renewal';
import { errcodeOf, refusals, requireBatch, requireCustomer } from './request';

const AccountType = z.union([z.literal(1), z.literal(2)]);
const Collect = z.object({
  corpid: z.string(),
  account_list: z.array(z.object({ userid: z.string(), type: AccountType })),
  jobid: z.string().nullish(),
});
const Submit = z.object({
  jobid: z.string(),
  buyer_userid: z.string(),
  account_duration: z.object({
    months: z.number().int().min(1).nullish(),
    new_expire_time: z.number().int().min(1).nullish(),
  }),
});

/** Renewing: members are collected in a job, the job becomes an order (licence-api.md section 3.2). */
export function mountRenewals(wire: Wire, world: World): void {
  wire.post('/cgi-bin/license/create_renew_order_job', (call) => {
    const request = parseBody(Collect, call);
    const { provider, corp } = requireCustomer(world, call, request.corpid);
    const accounts = requireBatch(request.account_list);
    const job = openRenewJob(world, provider, corp, request.jobid || null);
    const results = accounts.map((account) => ({
      ...account,
      errcode: errcodeOf(() => addToRenewJob(world, job, corp, account)),
    }));
    return { jobid: job.jobId, invalid_account_list: refusals(results) };
  });

  wire.post('/cgi-bin/license/submit_order_job', (call) => {
    const provider = requireProviderToken(world, call);
    const request = parseBody(Submit, call);
    const job = requireRenewJob(world, provider, request.jobid);
    const corp = findCorp(world, job.corpId);
    if (!corp) throw new WireError(40013);
    const { months, new_expire_time: until } = request.account_duration;
    const span = { months: months ?? null, newExpiresAtMs: until ? until * SECOND_MS : null };
    return { order_id: submitRenewJob(world, provider, corp, job, span, request.buyer_userid).orderId };
  });
}
