import { z } from 'zod';
import type { AppLicence } from '../../domain/facts';
import { WecomError } from '../errors';
import { checkIds } from './asked';
import { inBatches } from './batches';
import type { ActiveInfo, CodeInfo, SupportPolicy, Wecom } from './client';
import type { LicenceCall } from './licence-call';
import {
  BATCH_SIZE,
  PAGE_SIZE,
  readCursor,
  wireAccountType,
  wireId,
  wireList,
  wireMoment,
  wireNothing,
  wireNumber,
  wirePaging,
  wireText,
} from './wire';

type LicenceApi = Pick<
  Wecom,
  | 'getAppLicence'
  | 'getAutoActivation'
  | 'setAutoActivation'
  | 'querySupportPolicy'
  | 'getActiveInfoByUser'
  | 'getCode'
  | 'getCodes'
  | 'listActivatedAccounts'
  | 'skimCodes'
  | 'skimActivatedAccounts'
>;

/** "No licence was ever bought for this corp": what get_auto_active_status answers before the first purchase. */
const NEVER_PAID = 701071;

const appLicence = z
  .object({
    license_status: wireNumber,
    trail_info: z.object({ start_time: wireMoment, end_time: wireMoment }).nullish(),
    license_check_time: wireMoment,
  })
  .transform((body): AppLicence => {
    const { start_time: startsAtMs, end_time: endsAtMs } = body.trail_info ?? { start_time: null, end_time: null };
    return {
      checking: body.license_status === 1,
      trial: endsAtMs === null ? null : { startsAtMs: startsAtMs ?? endsAtMs, endsAtMs },
      checkFromMs: body.license_check_time,
    };
  });

const activeInfo = z.object({
  active_code: wireText,
  type: wireAccountType,
  active_time: wireMoment,
  expire_time: wireMoment,
});
const activeInfoOfUser = z.object({ active_info_list: wireList(activeInfo) });
const activatedAccounts = z.object({ account_list: wireList(activeInfo.extend({ userid: wireId })), ...wirePaging });
const pagingAlone = z.object(wirePaging);

const codeInfo = z
  .object({
    active_code: wireId,
    type: wireAccountType,
    status: wireNumber,
    userid: wireText,
    create_time: wireMoment,
    active_time: wireMoment,
    expire_time: wireMoment,
    merge_info: z.object({ to_active_code: wireText, from_active_code: wireText }).nullish(),
    share_info: z.object({ to_corpid: wireText, from_corpid: wireText }).nullish(),
  })
  .transform((info): CodeInfo => ({
    code: info.active_code,
    type: info.type,
    status: info.status,
    userId: info.userid,
    createdAtMs: info.create_time,
    activeAtMs: info.active_time,
    expiresAtMs: info.expire_time,
    replacedByCode: info.merge_info?.to_active_code ?? null,
    replacedCode: info.merge_info?.from_active_code ?? null,
    sharedToCorpId: info.share_info?.to_corpid ?? null,
    sharedFromCorpId: info.share_info?.from_corpid ?? null,
  }));
const oneCode = z.object({ active_info: codeInfo });
const codes = z.object({ active_info_list: wireList(codeInfo) });

const autoActivation = z.object({ auto_active_status: wireNumber });

const supportPolicy = z
  .object({ query_result: wireNumber, unsatisfied_reason: wireList(wireNumber) })
  .transform((body): SupportPolicy => ({
    supported: body.query_result === 1,
    unmetReasons: body.unsatisfied_reason,
  }));

/** Accounts and the app's licence state (licence-api.md, sections 4 and 5). */
export function createLicenceApi(call: LicenceCall, suiteId: string): LicenceApi {
  const askForCodes = <T>(corpId: string, batch: readonly string[], schema: z.ZodType<T>) =>
    call('batch_get_active_info_by_code', { corpid: corpId, active_code_list: batch }, schema);
  const askForAccounts = <T>(corpId: string, cursor: string | null, schema: z.ZodType<T>) =>
    call('list_actived_account', { corpid: corpId, limit: PAGE_SIZE, cursor: cursor ?? '' }, schema);
  return {
    /** get_app_license_info (95844 / 97194). */
    getAppLicence: (corpId) => call('get_app_license_info', { corpid: corpId, suite_id: suiteId }, appLicence),
    /** get_auto_active_status (95874 / 97200): a corp that never paid has no switch, which is an answer, not a fault. */
    getAutoActivation: async (corpId) => {
      try {
        const { auto_active_status } = await call('get_auto_active_status', { corpid: corpId }, autoActivation);
        return { on: auto_active_status === 1, everPaid: true };
      } catch (error) {
        if (!(error instanceof WecomError) || error.errcode !== NEVER_PAID) throw error;
        return { on: false, everPaid: false };
      }
    },
    /** set_auto_active_status (95873 / 97199). */
    setAutoActivation: async (corpId, on) => {
      await call('set_auto_active_status', { corpid: corpId, auto_active_status: on ? 1 : 0 }, wireNothing);
    },
    /** support_policy_query (96515 / 97208). */
    querySupportPolicy: (corpId) => call('support_policy_query', { corpid: corpId }, supportPolicy),
    /** get_active_info_by_user (95555 / 97191). Expired seats are listed too: judge by `expiresAtMs`. */
    getActiveInfoByUser: async (corpId, userId) => {
      checkIds({ corpId, userId });
      const body = { corpid: corpId, userid: userId };
      const { active_info_list } = await call('get_active_info_by_user', body, activeInfoOfUser);
      return active_info_list.flatMap(presentActiveInfo);
    },
    /** get_active_info_by_code (95552 / 97189). */
    getCode: async (corpId, code) =>
      (await call('get_active_info_by_code', { corpid: corpId, active_code: code }, oneCode)).active_info,
    /** batch_get_active_info_by_code (95552 / 97189). Codes WeCom does not know are left out. */
    getCodes: async (corpId, list) => {
      const found: CodeInfo[] = [];
      for (const batch of inBatches(list, BATCH_SIZE))
        found.push(...(await askForCodes(corpId, batch, codes)).active_info_list);
      return found;
    },
    skimCodes: async (corpId, list) => {
      for (const batch of inBatches(list, BATCH_SIZE)) await askForCodes(corpId, batch, wireNothing);
    },
    /** list_actived_account (95544 / 97190). Includes expired accounts. */
    listActivatedAccounts: async (corpId, cursor) => {
      const page = await askForAccounts(corpId, cursor, activatedAccounts);
      const items = page.account_list.flatMap((account) =>
        presentActiveInfo(account).map((info) => ({ ...info, userId: account.userid })),
      );
      return { items, nextCursor: readCursor(page, cursor) };
    },
    skimActivatedAccounts: async (corpId, cursor) => ({
      nextCursor: readCursor(await askForAccounts(corpId, cursor, pagingAlone), cursor),
    }),
  };
}

/** None for an entry without an expiry: nothing is bound there. */
function presentActiveInfo(info: z.output<typeof activeInfo>): ActiveInfo[] {
  if (info.expire_time === null) return [];
  const { active_code: activeCode, active_time: activeAtMs, expire_time: expiresAtMs, type } = info;
  return [{ type, activeCode, activeAtMs, expiresAtMs }];
}
