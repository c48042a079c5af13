import type { AccountType, AppLicence } from '../../domain/facts';
import type { MediaUpload, UploadedMedia } from './media';
import type { AppMessage, CardChange, SentMessage } from './message';
import type {
  CorpPurchase,
  MemberAccount,
  MultiCorpOrder,
  MultiCorpPart,
  MultiCorpResult,
  NewOrder,
  OpenJob,
  PaymentResult,
  PlacedOrder,
  Refused,
  RenewalSpan,
} from './order-types';
import type { Hear } from './request';

/** What a call needs to speak for one corp. The permanent code is opened only to be sent. */
export type CorpRef = {
  readonly corpId: string;
  readonly kind: 'third_party' | 'custom';
  readonly agentId: string | null;
  readonly permanentCode: string;
};

/** Who a login turned out to be. Ids are WeCom's, encrypted and opaque. */
export type Identity =
  | { readonly kind: 'member'; readonly corpId: string; readonly userId: string; readonly openUserId: string | null }
  | { readonly kind: 'outsider'; readonly openId: string };

/** What an installation tells: from get_permanent_code and get_auth_info, v1 or v2. */
export type Authorisation = {
  readonly corpId: string;
  readonly corpName: string | null;
  readonly kind: 'third_party' | 'custom';
  readonly agentId: string | null;
  readonly privilegeJson: string | null;
  readonly installerUserId: string | null;
  readonly state: string | null;
};

export type ActiveInfo = {
  readonly type: AccountType;
  readonly activeCode: string | null;
  readonly activeAtMs: number | null;
  readonly expiresAtMs: number;
};

export type CodeInfo = {
  readonly code: string;
  readonly type: AccountType;
  readonly status: number;
  readonly userId: string | null;
  readonly createdAtMs: number | null;
  readonly activeAtMs: number | null;
  readonly expiresAtMs: number | null;
  /** Merged or merging codes: which one took this one's place, and whose place this one took. */
  readonly replacedByCode: string | null;
  readonly replacedCode: string | null;
  /** Codes handed to a downstream corp, and those it got. */
  readonly sharedToCorpId: string | null;
  readonly sharedFromCorpId: string | null;
};

/** Whether a corp gets the hardship relief (民生行业), and by WeCom's numbers why not; these are no errcodes. */
export type SupportPolicy = { readonly supported: boolean; readonly unmetReasons: readonly number[] };

export type CodeBinding = { readonly code: string; readonly userId: string };
export type LicenceMove = { readonly fromUserId: string; readonly toUserId: string };
/** `upstream`: 上下游; `linked_corps`: 企业互联. */
export type CodeShare = {
  readonly fromCorpId: string;
  readonly toCorpId: string;
  readonly codes: readonly string[];
  readonly link: 'upstream' | 'linked_corps';
};

export type LicenceOrder = {
  readonly orderId: string;
  readonly corpId: string;
  readonly type: number;
  readonly status: number;
  readonly baseCount: number;
  readonly externalContactCount: number;
  readonly months: number | null;
  readonly days: number | null;
  /** Renewals to a date. */
  readonly renewsToMs: number | null;
  readonly priceFen: number | null;
  readonly createdAtMs: number;
  readonly paidAtMs: number | null;
};

/** A page of a listing; `nextCursor` is null at the end. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/**
 * WeCom as this server uses it, in our words and units; wire spelling, tokens, deadlines and retries stay inside.
 * A value WeCom could not take is refused before anything is sent (`request.invalid`). Every method throws WecomError (server/errors.ts) with the errcode when WeCom refuses, and an AppError of the
 * `wecom.*` family when it is silent.
 */
export type WecomCalls = {
  // installation (credentials.md)
  getPreAuthCode(): Promise<string>;
  setSessionInfo(preAuthCode: string, test: boolean): Promise<void>;
  getPermanentCode(authCode: string): Promise<Authorisation & { readonly permanentCode: string }>;
  getAuthInfo(corp: CorpRef): Promise<Authorisation>;
  getAdminList(corp: CorpRef): Promise<readonly { userId: string; authType: number }[]>;
  /** The rights the corp granted, by WeCom's names. */
  getPermissions(corp: CorpRef): Promise<readonly string[]>;
  /** The QR code by which a corp authorises the custom-app template; `state` comes back with the authorisation. */
  getTemplateLink(state: string): Promise<{ readonly url: string; readonly ttlSeconds: number }>;
  /** The encrypted corp id of a plain one, such as from a contract. */
  getOpenCorpId(plainCorpId: string): Promise<string>;
  /** Where WeCom's callbacks come from; the signature is what counts. */
  getCallbackAddresses(corp: CorpRef): Promise<readonly string[]>;
  // login (login.md)
  /** Third-party OAuth: suite token. */
  exchangeOAuthCode(code: string): Promise<Identity>;
  /** Scan login of the provider's login authorisation: that suite's own token. */
  exchangeWebLoginCode(code: string): Promise<Identity>;
  /** Custom app: the corp's own token; the corp is known beforehand. */
  exchangeCustomCode(corp: CorpRef, code: string): Promise<Identity>;
  /** Administrator's free login: `auth_code` of 业务设置URL. `managedAgents`: agent ids this person may manage. */
  exchangeAdminCode(
    authCode: string,
  ): Promise<
    Extract<Identity, { kind: 'member' }> & { readonly userType: number; readonly managedAgents: readonly string[] }
  >;
  /** Mini-program. The session_key is not returned: nothing here needs it. */
  exchangeMiniProgramCode(code: string, corp?: CorpRef): Promise<Extract<Identity, { kind: 'member' }>>;
  // licences (licence-api.md)
  getAppLicence(corpId: string): Promise<AppLicence>;
  getAutoActivation(corpId: string): Promise<{ readonly on: boolean; readonly everPaid: boolean }>;
  setAutoActivation(corpId: string, on: boolean): Promise<void>;
  /** Once a corp in 30 days. The policy ended on 2023-03-31: normally refused with 701112. */
  querySupportPolicy(corpId: string): Promise<SupportPolicy>;
  getActiveInfoByUser(corpId: string, userId: string): Promise<readonly ActiveInfo[]>;
  activateByType(corpId: string, userId: string, type: AccountType): Promise<void>;
  activateCode(corpId: string, binding: CodeBinding): Promise<void>;
  /** At most 1000; errcode 0 where it was done. */
  activateCodes(corpId: string, bindings: readonly CodeBinding[]): Promise<readonly Refused<CodeBinding>[]>;
  /** At most 1000; all of a giver's licences move; errcode 0 where it was done. */
  transferLicences(corpId: string, moves: readonly LicenceMove[]): Promise<readonly Refused<LicenceMove>[]>;
  /** At most 1000 codes. */
  shareCodes(share: CodeShare): Promise<{ readonly refused: readonly Refused<{ readonly code: string }>[] }>;
  // orders
  createOrder(order: NewOrder): Promise<PlacedOrder>;
  /** Collects members to renew; without `jobId` in a new job. */
  addToRenewalJob(
    corpId: string,
    members: readonly MemberAccount[],
    jobId: string | null,
  ): Promise<OpenJob<MemberAccount>>;
  submitRenewalJob(jobId: string, buyerUserId: string, span: RenewalSpan): Promise<{ readonly orderId: string }>;
  /** Only while it is unpaid; `corpId` null for a multi-corp order. */
  cancelOrder(orderId: string, corpId: string | null): Promise<void>;
  /** Collects corps to buy for; without `jobId` in a new job. Not for test corps. */
  addToMultiCorpJob(
    purchases: readonly CorpPurchase[],
    jobId: string | null,
  ): Promise<OpenJob<{ readonly corpId: string }>>;
  submitMultiCorpJob(jobId: string, buyerUserId: string): Promise<void>;
  getMultiCorpResult(jobId: string): Promise<MultiCorpResult>;
  getMultiCorpOrder(
    orderId: string,
    cursor: string | null,
  ): Promise<{ readonly order: MultiCorpOrder; readonly parts: Page<MultiCorpPart> }>;
  payFromBalance(orderId: string, payerUserId: string): Promise<{ readonly jobId: string }>;
  getPaymentResult(jobId: string): Promise<PaymentResult>;
  getBalanceFen(): Promise<number>;
  /** Of one corp, or with null of all: then multi-corp orders (type 8) are among them. 31 days at most. */
  listOrders(
    corpId: string | null,
    fromMs: number,
    toMs: number,
    cursor: string | null,
  ): Promise<Page<{ orderId: string; type: number }>>;
  getOrder(orderId: string): Promise<LicenceOrder>;
  /** Codes of a purchase order. Throws WecomError 701022 while WeCom is still making them. */
  listOrderCodes(orderId: string, cursor: string | null): Promise<Page<{ code: string; type: AccountType }>>;
  /** Members of a renewal order. */
  listRenewedAccounts(orderId: string, cursor: string | null): Promise<Page<MemberAccount>>;
  getCode(corpId: string, code: string): Promise<CodeInfo>;
  /** Codes WeCom does not know are left out. */
  getCodes(corpId: string, codes: readonly string[]): Promise<readonly CodeInfo[]>;
  listActivatedAccounts(corpId: string, cursor: string | null): Promise<Page<ActiveInfo & { readonly userId: string }>>;
  /** The same calls by one who only wants to hear whether the answer is another one (`heardBy`): nothing else is read. */
  skimCodes(corpId: string, codes: readonly string[]): Promise<void>;
  skimActivatedAccounts(corpId: string, cursor: string | null): Promise<{ readonly nextCursor: string | null }>;
  // messages (messaging-and-jssdk.md)
  /**
   * Sends the app's message to members. Those it did not reach are named, not thrown: a recipient without a licence is
   * an answer. Sending may itself activate a seat where auto-activation is on.
   */
  sendMessage(corp: CorpRef, message: AppMessage): Promise<SentMessage>;
  /** Changes an interactive card that was sent; each response code works once. */
  changeCard(corp: CorpRef, change: CardChange): Promise<{ readonly missedUserIds: readonly string[] }>;
  /** Within 24 hours of sending. */
  recallMessage(corp: CorpRef, messageId: string): Promise<void>;
  // temporary media (pages 96484 and 99310)
  /** Uploads a file for messages to this corp; usable by every app in it, for three days. */
  uploadMedia(corp: CorpRef, media: MediaUpload): Promise<UploadedMedia>;
  /** The same in the provider's name, for WeCom to put names in place of ids; images up to 2 MB only. */
  uploadProviderMedia(media: MediaUpload): Promise<UploadedMedia>;
  // JS-SDK (messaging-and-jssdk.md)
  getJsTicket(corp: CorpRef, scope: 'corp' | 'agent'): Promise<string>;
};

/** The calls of whoever waits for an answer, and the same ones for work that nobody waits for. */
export type Wecom = WecomCalls & {
  /** Goes after the rest, takes at most half of the budget under WeCom's limits, and may take half a minute. */
  readonly background: Wecom;
  /** The same calls, with somebody told each answer word for word. */
  readonly heardBy: (hear: Hear) => Wecom;
};

/** The same dependencies, for work that nobody waits for. */
export function inBackground<D extends { readonly wecom: Wecom }>(deps: D): D {
  return { ...deps, wecom: deps.wecom.background };
}
