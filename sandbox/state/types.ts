import type { XmlFields } from '../callbacks/xml';
import type { CallbackFault, Fault } from './fault-types';
import type { Media } from './media-types';
import type { Order, PayJob, RenewJob, UnionJob } from './order-types';

export * from './fault-types';
export type * from './order-types';

/** 1 基础账号, 2 互通账号 (external contact), as on the wire. */
export type LicenceType = 1 | 2;

export type Provider = {
  corpId: string;
  secret: string;
  name: string;
  systemUrl: string;
  callbackToken: string;
  callbackAesKey: string;
  /** Members of the provider's own corp who may buy. */
  buyers: string[];
  /** Prepaid money (余额). */
  balanceFen: number;
};

export type Suite = {
  suiteId: string;
  secret: string;
  kind: 'third_party' | 'custom';
  providerId: string;
  appName: string;
  /** Workbench home; may hold `$CORPID$`. */
  homeUrl: string;
  /** 业务设置URL. */
  settingsUrl: string;
  commandUrl: string;
  /** May hold `$CORPID$`. */
  dataUrl: string;
  callbackToken: string;
  callbackAesKey: string;
  /** host:port of pages that may be OAuth targets. */
  trustedDomains: string[];
  /** 安装完成回调域名. */
  installDomains: string[];
  /** Newest last; only those of the last half hour count. */
  tickets: { value: string; atMs: number }[];
  /** Whether the app has ever confirmed a ticket since this program started. */
  ticketConfirmed: boolean;
};

export type Member = {
  userId: string;
  openUserId: string;
  name: string;
  /** 1 creator, 4 sub-administrator, 5 member: as get_login_info says. */
  userType: 1 | 4 | 5;
  /** May manage the app (get_admin_list auth_type 1). */
  admin: boolean;
  inRange: boolean;
  left: boolean;
  /** Since when one of the two is so; null while the member is in the corp and in range. */
  outsideSinceMs: number | null;
};

export type Install = {
  suiteId: string;
  agentId: number;
  permanentCode: string;
  installedAtMs: number;
  removedAtMs: number | null;
  installerUserId: string;
  state: string | null;
  /** Whether the app has confirmed a create_auth of this installation. */
  announced: boolean;
};

export type Corp = {
  corpId: string;
  name: string;
  /** Id of the sample it was seeded as, or null. */
  sample: string | null;
  kind: 'third_party' | 'custom';
  /** The app this corp is played with. */
  suiteId: string;
  /** A provider's test corp (测试企业). */
  test: boolean;
  members: Member[];
  installs: Install[];
  /** First installation per suite; survives removal, starts the trial. */
  firstInstalledAtMs: Record<string, number>;
  /** What get_app_license_info is to say instead of what follows from the installation. */
  checking: { status: 0 | 1; trial: boolean; checkAtMs: number | null };
  /** Auto-activation switch per provider. */
  autoActivation: Record<string, boolean>;
  /** Customer contact (客户联系) as the corp allows it to the app, and to whom it does not; type-2 accounts need it. */
  contactRights: { granted: boolean; outsideUserIds: string[] };
  /** What the provider sold this corp of the app itself; null: orders are not compared with it. */
  appOrder: AppOrder | null;
  /** Authorised before licences existed and not migrated yet: no ordering (701034). */
  historic: boolean;
  /** Other corps it may hand codes to, each with how they are linked. */
  links: CorpLink[];
  /** People with a seat each who were never looked at one by one: kept as a number. */
  crowd: Crowd | null;
};

export type Crowd = { count: number; orderId: string; providerId: string; boughtAtMs: number; durationMs: number };

/** The app's own payment (收银台), as the purchase of licences looks at it (701129 and following). */
export type AppOrder = {
  kind: 'none' | 'trial' | 'paid';
  /** When the paid edition ends. */
  endsAtMs: number | null;
  /** Head count of the app's trial. */
  trialHeads: number | null;
  /** The licence order is made, but cannot be linked: `WARNING` in errmsg. */
  linkFails: boolean;
};

/** corp_link_type: 0 upstream and downstream (上下游), 1 linked corps (企业互联). */
export type CorpLink = {
  corpId: string;
  type: 0 | 1;
  /** Whether the app was shared to that corp. */
  appShared: boolean;
  /** Its head count in this corp's address book. */
  heads: number;
};

export type LicenceCode = {
  code: string;
  orderId: string;
  providerId: string;
  corpId: string;
  type: LicenceType;
  createdAtMs: number;
  durationMs: number;
  userId: string | null;
  activeAtMs: number | null;
  expiresAtMs: number | null;
  /** Set once the leaver's code waits for transfer (status 4). */
  waitingSinceMs: number | null;
  mergedInto: string | null;
  mergedFrom: string | null;
  /** Set when its order was refunded before it was bound: dead. */
  voided: boolean;
  /** When it last moved away from a member in service. */
  movedInServiceAtMs: number | null;
  /** Downstream corp it was given to (status 6); that corp holds a copy under the same code. */
  sharedTo: string | null;
  /** Upstream corp it came from. */
  sharedFrom: string | null;
};

/** An account that went from one member to another, by hand or by auto-activation. */
export type Handover = {
  atMs: number;
  corpId: string;
  providerId: string;
  code: string;
  fromUserId: string;
  toUserId: string;
  by: 'transfer' | 'auto_activation';
};

export type TokenKind = 'suite' | 'provider' | 'corp' | 'jsapi' | 'agent_jsapi';

export type Token = { value: string; kind: TokenKind; key: string; expiresAtMs: number };

export type PreAuthCode = { code: string; suiteId: string; expiresAtMs: number; authType: 0 | 1 };
export type AuthCode = { code: string; suiteId: string; corpId: string; expiresAtMs: number; used: boolean };

/** A one-use code that stands for a person who just logged in. */
export type LoginCode = {
  code: string;
  form: 'suite' | 'corp' | 'mini_program' | 'admin';
  suiteId: string;
  /** Corp the URL named (corp form); null when the suite id was the appid. */
  forCorpId: string | null;
  corpId: string | null;
  userId: string | null;
  openId: string;
  privateInfo: boolean;
  expiresAtMs: number;
  used: boolean;
};

export type UserTicket = { ticket: string; corpId: string; userId: string; expiresAtMs: number };

/** An app message that was sent (message/send). */
export type Message = {
  msgId: string;
  suiteId: string;
  corpId: string;
  atMs: number;
  msgType: string;
  /** The part named like the msgtype, as it was sent. */
  content: Record<string, unknown>;
  /** Of the file it carries: what it is shown as. */
  fileName: string | null;
  toUserIds: string[];
  invalidUserIds: string[];
  unlicensedUserIds: string[];
  /** In range and licensed, but over 30 a minute or 1000 an hour: dropped without a word. */
  droppedUserIds: string[];
  recalled: boolean;
  /** Lets an interactive card be changed once. */
  responseCode: string | null;
  /** What enable_duplicate_check compares, and until when. */
  onceUntil: { key: string; untilMs: number } | null;
};

export type CallbackChannel = 'command' | 'data' | 'system';
export type CallbackAttempt = { at: number; status: number | null; ms: number; body: string; error: string | null };
export type CallbackRecord = {
  id: string;
  at: number;
  channel: CallbackChannel;
  type: string;
  corpId: string | null;
  suiteId: string | null;
  url: string;
  xml: string;
  attempts: CallbackAttempt[];
  /** `held` and `dropped` by a fault. */
  state: 'pending' | 'delivered' | 'failed' | 'held' | 'dropped';
};

export const PHONE_CLIENTS = ['wecom-ios', 'wecom-android', 'wecom-windows', 'wechat', 'browser'] as const;
export type PhoneClient = (typeof PHONE_CLIENTS)[number];
export const PHONE_ENTRIES = ['workbench', 'card', 'share', 'qr', 'settings', 'web', 'link'] as const;
export type PhoneEntry = (typeof PHONE_ENTRIES)[number];

/** One person's device. `corpId` null: somebody without WeCom. */
export type Phone = {
  id: string;
  corpId: string | null;
  userId: string | null;
  openId: string;
  client: PhoneClient;
  userAgent: string;
  lastOpen: { entry: PhoneEntry; suiteId: string; atMs: number } | null;
};

/** A callback that has not arrived yet; `id` is of its record in the log. */
export type KeptMail = { id: string; mail: PlainMail };

/** A callback that a fault keeps back. */
export type HeldMail = KeptMail & {
  /** Goes out behind the next callback to the same address about the same corp. */
  behindNext: boolean;
};

/** A callback, addressed but not yet encrypted. */
export type PlainMail = {
  readonly channel: CallbackChannel;
  /** InfoType or Event, for the log. */
  readonly type: string;
  readonly corpId: string | null;
  readonly suiteId: string | null;
  readonly url: string;
  readonly token: string;
  readonly aesKey: string;
  readonly receiveId: string;
  readonly agentId: string;
  readonly fields: XmlFields;
};

/** How many calls WeCom takes (page 90454). */
export type RateLimit = {
  /** Of one API about one corp. */
  perMinute: number;
  perHour: number;
  /** Of one API about one corp, at once. */
  parallel: number;
  /** Of one API from one address of a provider. */
  addressPerMinute: number;
  addressPerHour: number;
  /** jsapi_ticket, of a corp and of one app in it. */
  ticketsPerCorpHour: number;
  ticketsPerAppHour: number;
};

/** Calls of one API about one corp, or from one address, within the running minute and hour. */
export type RateCount = { minute: RateWindow; hour: RateWindow; blockedUntilMs: number };
export type RateWindow = { startedAtMs: number; calls: number };

/** What made WeCom activate somebody: 1 the member opened the app, 2 the app sent a message (page 95994). */
export type AutoScene = 1 | 2;

export const INTERCEPTIONS = ['notify', 'page', 'refuse'] as const;

export type Settings = {
  /** What WeCom does with a member without a seat: tell the app, show its own page, or refuse the identity. */
  interception: (typeof INTERCEPTIONS)[number];
  /** Addresses that may call; null: everybody. */
  ipAllowList: string[] | null;
  /** Made-up prices, fen per account and 372-day year. */
  yearlyPriceFen: { base: number; externalContact: number };
  /** How long multi-corp and payment jobs run, in WeCom's time. */
  jobSeconds: number;
  /** null: nobody counts. */
  rateLimit: RateLimit | null;
  /** How far the clock that others are told runs ahead of WeCom's own; negative: behind. */
  clockSkewMs: number;
};

/** Something that happens by itself at a moment of WeCom's time. `id` names the order, job or held callback. */
export type AgendaItem = {
  atMs: number;
  kind: 'codes_ready' | 'order_lapses' | 'union_job' | 'pay_job' | 'callback';
  id: string;
};

/** All of the sandbox's memory: plain, serialisable, replaced as a whole by restore. */
export type State = {
  version: 2;
  /** WeCom's time when this was last written. */
  nowMs: number;
  nextSerial: number;
  settings: Settings;
  providers: Provider[];
  suites: Suite[];
  corps: Corp[];
  orders: Order[];
  codes: LicenceCode[];
  renewJobs: RenewJob[];
  unionJobs: UnionJob[];
  payJobs: PayJob[];
  handovers: Handover[];
  messages: Message[];
  media: Media[];
  tokens: Token[];
  preAuthCodes: PreAuthCode[];
  authCodes: AuthCode[];
  loginCodes: LoginCode[];
  userTickets: UserTicket[];
  callbacks: CallbackRecord[];
  phones: Phone[];
  faults: Fault[];
  callbackFaults: CallbackFault[];
  held: HeldMail[];
  /** Sent, and neither taken by the app nor given up yet. What the sandbox watches itself is sent anew instead. */
  mailUnderWay: KeptMail[];
  rates: Record<string, RateCount>;
  /** Where the dice stand that decide by `share`. */
  dice: number;
  /** Soonest first. */
  agenda: AgendaItem[];
  /** Members whom opening an app, or a message, is about to activate, gathered for one notice per corp and scene. */
  openers: { corpId: string; suiteId: string; scene: AutoScene; userIds: string[] }[];
  /** Up to when the nightly sweep has been done. */
  sweptAtMs: number;
  /** Last time unlicensed_notify went out, per corp and member. */
  notifiedAtMs: Record<string, number>;
  /** Corp whose administrator opens the next installation page, chosen by `install {via: 'link'}`. */
  installingCorpId: string | null;
};
