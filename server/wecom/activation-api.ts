import { z } from 'zod';
import { WecomError } from '../errors';
import { checkAsked, checkIds } from './asked';
import type { CodeBinding, LicenceMove, Wecom } from './client';
import type { LicenceCall } from './licence-call';
import { accountTypeNumber, BATCH_SIZE, wireId, wireList, wireNothing, wireNumber } from './wire';

type ActivationApi = Pick<
  Wecom,
  'activateCode' | 'activateCodes' | 'activateByType' | 'transferLicences' | 'shareCodes'
>;

/** "The whole batch failed": the list says why, one by one. */
const ALL_FAILED = 701024;
const READABLE = { readable: [ALL_FAILED] };

const errcode = wireNumber.nullish();
const activated = z.object({
  errcode,
  active_result: wireList(z.object({ active_code: wireId, userid: wireId, errcode: wireNumber })),
});
const transferred = z.object({
  errcode,
  transfer_result: wireList(z.object({ handover_userid: wireId, takeover_userid: wireId, errcode: wireNumber })),
});
const shared = z.object({ errcode, share_result: wireList(z.object({ active_code: wireId, errcode: wireNumber })) });

/**
 * What binds, moves and hands on licences (licence-api.md, sections 4.1, 4.5 and 4.6). Batches are not split: with a
 * fault in between nobody would know what was done, so more than 1000 are refused.
 */
export function createActivationApi(call: LicenceCall): ActivationApi {
  return {
    /** active_account (95553 / 97188). */
    activateCode: async (corpId, { code, userId }) => {
      checkIds({ corpId, code, userId });
      await call('active_account', { active_code: code, corpid: corpId, userid: userId }, wireNothing);
    },
    /** batch_active_account: each binding with its own errcode, 0 when it was done. */
    activateCodes: async (corpId, bindings) => {
      checkBatch(bindings);
      const active_list = bindings.map(({ code, userId }: CodeBinding) => ({ active_code: code, userid: userId }));
      const answer = await call('batch_active_account', { corpid: corpId, active_list }, activated, READABLE);
      return requireTold(answer.active_result, answer).map((one) => ({
        code: one.active_code,
        userId: one.userid,
        errcode: one.errcode,
      }));
    },
    /** active_account_by_type: WeCom takes the free code whose deadline is nearest. */
    activateByType: async (corpId, userId, type) => {
      checkIds({ corpId, userId });
      const body = { type: accountTypeNumber(type), corpid: corpId, userid: userId };
      await call('active_account_by_type', body, wireNothing);
    },
    /** batch_transfer_license (95673 / 97192): all of a giver's licences move, each move with its own errcode. */
    transferLicences: async (corpId, moves) => {
      checkBatch(moves);
      const transfer_list = moves.map(({ fromUserId, toUserId }: LicenceMove) => ({
        handover_userid: fromUserId,
        takeover_userid: toUserId,
      }));
      const answer = await call('batch_transfer_license', { corpid: corpId, transfer_list }, transferred, READABLE);
      return requireTold(answer.transfer_result, answer).map((one) => ({
        fromUserId: one.handover_userid,
        toUserId: one.takeover_userid,
        errcode: one.errcode,
      }));
    },
    /** batch_share_active_code (96059 / 97193): the answer lists failures only. */
    shareCodes: async ({ codes, fromCorpId, link, toCorpId }) => {
      checkBatch(codes);
      const share_list = codes.map((code) => ({ active_code: code }));
      const corp_link_type = link === 'linked_corps' ? 1 : 0;
      const body = { from_corpid: fromCorpId, to_corpid: toCorpId, share_list, corp_link_type };
      const answer = await call('batch_share_active_code', body, shared, { ...READABLE, corpId: fromCorpId });
      const told = answer.errcode === ALL_FAILED ? requireTold(answer.share_result, answer) : answer.share_result;
      const refused = told.filter((one) => one.errcode !== 0);
      return { refused: refused.map((one) => ({ code: one.active_code, errcode: one.errcode })) };
    },
  };
}

function checkBatch(batch: readonly unknown[]): void {
  checkAsked(z.object({ batch: z.array(z.unknown()).min(1).max(BATCH_SIZE) }), { batch: [...batch] });
}

/** A batch in which all failed, without a list, is a refusal as any other. */
function requireTold<T>(list: readonly T[], answer: { readonly errcode?: number | null | undefined }): readonly T[] {
  if (list.length === 0 && answer.errcode) throw new WecomError(answer.errcode, '');
  return list;
}
