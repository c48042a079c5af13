import type { AccountType, AppLicence } from '../../domain/facts';
import type { AppMessage, SentMessage } from './message';

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
  readonly priceFen: number | null;
  readonly createdAtMs: number;
  readonly paidAtMs: number | null;
};

/** A page of a listing; `nextCursor` is null at the end. */
export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };

/**
 * WeCom as this server uses it, in our words and units; wire spelling, tokens, deadlines and retries stay inside.
 * Every method throws WecomError (server/errors.ts) with the errcode when WeCom refuses, and an AppError of the
 * `wecom.*` family when it is silent.
 */
export type Wecom = {
  // installation (credentials.md)
  getPreAuthCode(): Promise<string>;
  setSessionInfo(preAuthCode: string, test: boolean): Promise<void>;
  getPermanentCode(authCode: string): Promise<Authorisation & { readonly permanentCode: string }>;
  getAuthInfo(corp: CorpRef): Promise<Authorisation>;
  getAdminList(corp: CorpRef): Promise<readonly { userId: string; authType: number }[]>;
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
  getActiveInfoByUser(corpId: string, userId: string): Promise<readonly ActiveInfo[]>;
  activateByType(corpId: string, userId: string, type: AccountType): Promise<void>;
  listOrders(
    corpId: string,
    fromMs: number,
    toMs: number,
    cursor: string | null,
  ): Promise<Page<{ orderId: string; type: number }>>;
  getOrder(orderId: string): Promise<LicenceOrder>;
  /** Codes of a purchase order. Throws WecomError 701022 while WeCom is still making them. */
  listOrderCodes(orderId: string, cursor: string | null): Promise<Page<{ code: string; type: AccountType }>>;
  /** At most 1000 codes a call. */
  getCodes(corpId: string, codes: readonly string[]): Promise<readonly CodeInfo[]>;
  listActivatedAccounts(corpId: string, cursor: string | null): Promise<Page<ActiveInfo & { readonly userId: string }>>;
  // messages (messaging-and-jssdk.md)
  /**
   * Sends the app's message to members. Those it did not reach are named, not thrown: a recipient without a licence is
   * an answer. Sending may itself activate a seat where auto-activation is on.
   */
  sendMessage(corp: CorpRef, message: AppMessage): Promise<SentMessage>;
  // JS-SDK (messaging-and-jssdk.md)
  getJsTicket(corp: CorpRef, scope: 'corp' | 'agent'): Promise<string>;
};
