/** What `GET /sandbox/state` answers, as far as the page shows it. Times are ms. */
export type SandboxState = {
  now: number;
  suites: Suite[];
  corps: Corp[];
  callbacks: Callback[];
  settings: { interception: Interception };
  faults: Fault[];
  callbackFaults: Fault[];
  messages: Message[];
  phones: { phoneId: string; corpId: string | null; userId: string | null; client: Client }[];
};

export type Interception = 'notify' | 'page' | 'refuse';
export type Client = 'wecom-ios' | 'wecom-android' | 'wecom-windows' | 'wechat' | 'browser';
export type Entry = 'workbench' | 'card' | 'share' | 'qr' | 'settings' | 'web' | 'link';

export type Suite = { suiteId: string; name: string; kind: string; appUrl: string };

export type Corp = {
  corpId: string;
  name: string;
  sample: string | null;
  kind: string;
  suiteId: string;
  installed: boolean;
  removedAt: number | null;
  licence: { status: number; trial: { start: number; end: number } | null; checkAt: number | null };
  autoActivation: boolean;
  everPaid: boolean;
  members: Member[];
  orders: Order[];
  codes: Code[];
};

export type Member = {
  userId: string;
  name: string;
  admin: boolean;
  inRange: boolean;
  left: boolean;
  seats: Seat[];
};

export type Seat = { type: number; code: string; activeAt: number; expiresAt: number };

export type Order = {
  orderId: string;
  type: number;
  parentId: string | null;
  renewals: unknown[];
  status: number;
  createdAt: number;
  paidAt: number | null;
  base: number;
  externalContact: number;
  durationDays: number;
  generating: boolean;
};

export type Code = {
  code: string;
  type: number;
  status: number;
  userId: string | null;
  activateBefore: number | null;
  expiresAt: number | null;
};

export type Message = {
  msgId: string;
  at: number;
  corpId: string;
  title: string;
  text: string;
  url: string | null;
  toUserIds: string[];
  unlicensedUserIds: string[];
  recalled: boolean;
};

export type Callback = {
  id: string;
  at: number;
  channel: string;
  type: string;
  corpId: string | null;
  url: string;
  xml: string;
  attempts: { at: number; status: number | null; ms: number; body: string; error: string | null }[];
  state: string;
};

/** On a call of WeCom's API (`endpoint`) or on a callback (`callback`). */
export type Fault = {
  id?: string;
  endpoint?: string;
  callback?: string;
  kind: string;
  corpId?: string;
  errcode?: number;
  ms?: number;
  share?: number;
  times?: number;
};
