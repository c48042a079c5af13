import { z } from 'zod';
import { AppError } from '../errors';
import { checkIds } from './asked';
import type { Wecom } from './client';
import type { LicenceCall } from './licence-call';
import type { PaymentResult } from './order-types';
import type { WecomRequest } from './request';
import type { TokenKeeper } from './tokens';
import { wireFailedCorps, wireId, wireNumber } from './wire';

type PaymentApi = Pick<Wecom, 'payFromBalance' | 'getPaymentResult' | 'getBalanceFen'>;

const payment = z.object({
  status: wireNumber,
  pay_job_result: z.object({ errcode: wireNumber.nullish(), fail_corp_list: wireFailedCorps }).nullish(),
});

/** Paying from the provider's prepaid balance (99420; 100137 / 100138). */
export function createPaymentApi(call: LicenceCall, request: WecomRequest, tokens: TokenKeeper): PaymentApi {
  return {
    /** submit_pay_job: `payerUserId` is a member of the provider's corp. Afterwards the way of paying is fixed. */
    payFromBalance: async (orderId, payerUserId) => {
      checkIds({ orderId, payerUserId });
      const body = { payer_userid: payerUserId, order_id: orderId };
      return { jobId: (await call('submit_pay_job', body, z.object({ jobid: wireId }))).jobid };
    },
    /** pay_job_result. */
    getPaymentResult: async (jobId) => readPayment(await call('pay_job_result', { jobid: jobId }, payment)),
    /** service/get_account_balance. */
    getBalanceFen: () =>
      tokens.withProviderToken(async (token) => {
        const query = { provider_access_token: token };
        const schema = z.object({ balance: wireNumber });
        return (await request({ path: '/cgi-bin/service/get_account_balance', query, schema })).balance;
      }),
  };
}

/** 1 paid, 2 running, 3 failed: by status alone, for the errcode is 0 when payment failed. */
function readPayment({ pay_job_result: detail, status }: z.output<typeof payment>): PaymentResult {
  if (status === 1) return { state: 'paid' };
  if (status === 2) return { state: 'running' };
  if (status !== 3) throw new AppError('wecom.malformed', { logDetail: `pay_job_result with status ${status}` });
  return { state: 'failed', errcode: detail?.errcode ?? null, refused: detail?.fail_corp_list ?? [] };
}
