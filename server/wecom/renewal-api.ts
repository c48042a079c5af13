import { z } from 'zod';
import { DAY_MS, localDay, SHANGHAI_OFFSET_MINUTES } from '../../domain/calendar';
import type { Clock } from '../clock';
import { checkAsked, checkIds } from './asked';
import { addBatches, inBatches } from './batches';
import type { Wecom } from './client';
import type { LicenceCall } from './licence-call';
import { MOST_DAYS, type MemberAccount, type Refused, type RenewalSpan } from './order-types';
import { accountTypeNumber, BATCH_SIZE, wireAccountType, wireId, wireList, wireNumber } from './wire';

type RenewalApi = Pick<Wecom, 'addToRenewalJob' | 'submitRenewalJob'>;

const job = z.object({
  jobid: wireId,
  // Members with errcode 0 are listed too: they did not fail.
  invalid_account_list: wireList(z.object({ userid: wireId, type: wireAccountType, errcode: wireNumber })),
});

const submitted = z.object({ order_id: wireId });

const Members = z.object({
  corpId: z.string().min(1),
  members: z.array(z.object({ userId: z.string().min(1) })).min(1),
});

/** Renewals: members are collected in a job, and the job becomes an order (95646 / 97183). */
export function createRenewalApi(call: LicenceCall, clock: Clock): RenewalApi {
  return {
    /** create_renew_order_job. More than 1000 members go in several calls; a job not submitted does nothing. */
    addToRenewalJob: async (corpId, members, jobId) => {
      checkAsked(Members, { corpId, members: [...members] });
      return addBatches(inBatches(members, BATCH_SIZE), jobId, async (batch, known) => {
        const account_list = batch.map(({ type, userId }) => ({ userid: userId, type: accountTypeNumber(type) }));
        const body = { corpid: corpId, account_list, ...(known !== null && { jobid: known }) };
        const answer = await call('create_renew_order_job', body, job);
        return { jobId: answer.jobid, refused: readRefused(answer) };
      });
    },
    /** submit_order_job: by months, or to the end of the day of a moment. */
    submitRenewalJob: async (jobId, buyerUserId, span) => {
      checkIds({ jobId, buyerUserId });
      const body = { jobid: jobId, buyer_userid: buyerUserId, account_duration: wireSpan(span, clock.now()) };
      return { orderId: (await call('submit_order_job', body, submitted)).order_id };
    },
  };
}

function readRefused({ invalid_account_list }: z.output<typeof job>): Refused<MemberAccount>[] {
  const failed = invalid_account_list.filter(({ errcode }) => errcode !== 0);
  return failed.map(({ errcode, type, userid }) => ({ userId: userid, type, errcode }));
}

function wireSpan(span: RenewalSpan, nowMs: number): object {
  if ('months' in span) return checkAsked(z.object({ months: z.number().int().min(1).max(60) }), span);
  const latestMs = nowMs + MOST_DAYS * DAY_MS;
  const isLaterDay = (atMs: number) => dayEndedBy(atMs) > localDay(nowMs, SHANGHAI_OFFSET_MINUTES);
  const Moment = z.object({ expiresAtMs: z.number().int().lte(latestMs).refine(isLaterDay, 'later than today') });
  return { new_expire_time: Math.floor(checkAsked(Moment, span).expiresAtMs / 1000) };
}

/** WeCom counts whole seconds, and midnight is 24:00:00 of the day that ends then (97183). */
function dayEndedBy(atMs: number): number {
  return localDay(Math.floor(atMs / 1000) * 1000 - 1, SHANGHAI_OFFSET_MINUTES);
}
