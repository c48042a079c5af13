import { startScriptedWecom, type Heard, type ScriptedWecom } from './scripted-wecom';

/** What this fake answers; a test changes it as it goes. Times in seconds, as on the wire. */
export type LicenceScript = {
  licence: object;
  auto: object;
  /** By userid. */
  seats: Record<string, { type: number; active_code?: string; active_time?: number; expire_time: number }[]>;
  orders: {
    order_id: string;
    order_type: number;
    order_status: number;
    base: number;
    codes: string[] | 'generating';
    /** The members of a renewal. */
    renewed?: string[];
  }[];
  codes: Record<string, { type: number; status: number; userid?: string; create_time: number; expire_time?: number }>;
  admins: { userid: string; auth_type: number }[];
  /** Called for active_account_by_type; answers its body. */
  activate: (userId: string, type: number) => object;
  /** Calls that answer this errcode, or never (null), instead. */
  faults: Record<string, number | null>;
  /** Calls that answer only once this has resolved. */
  holds?: Record<string, Promise<void>>;
};

const PREFIX = '/cgi-bin/license/';

/** The other side of HTTP for licence calls: a WeCom that says exactly what a test wants it to. */
export async function startLicenceWecom(script: LicenceScript): Promise<ScriptedWecom> {
  return startScriptedWecom(async (heard) => {
    const name = heard.path.startsWith(PREFIX) ? heard.path.slice(PREFIX.length) : heard.path;
    await script.holds?.[name];
    const fault = script.faults[name];
    // Nothing is ever written: the caller's deadline has to end it.
    if (fault === null) return () => undefined;
    if (fault !== undefined) return { errcode: fault, errmsg: 'refused' };
    return { errcode: 0, errmsg: 'ok', ...answer(script, name, heard) };
  });
}

function answer(script: LicenceScript, name: string, heard: Heard): object {
  const body = (heard.body ?? {}) as Record<string, never>;
  const {
    active_code_list: codes,
    order_id: orderId,
    type,
    userid: userId,
  } = body as {
    active_code_list?: string[];
    order_id?: string;
    type?: number;
    userid?: string;
  };
  const order = script.orders.find((one) => one.order_id === orderId);
  switch (name) {
    case '/cgi-bin/service/get_provider_token':
      return { provider_access_token: 'provider-token', expires_in: 7200 };
    case '/cgi-bin/service/get_suite_token':
      return { suite_access_token: 'suite-token', expires_in: 7200 };
    case '/cgi-bin/service/get_admin_list':
      return { admin: script.admins };
    case '/cgi-bin/service/v2/get_auth_info':
      return { auth_corp_info: { corpid: CORP }, auth_info: { agent: [{ agentid: 1000001 }] } };
    case 'get_app_license_info':
      return script.licence;
    case 'get_auto_active_status':
      return script.auto;
    case 'set_auto_active_status':
      return {};
    case 'get_active_info_by_user':
      return {
        active_status: 1,
        active_info_list: (script.seats[userId ?? ''] ?? []).map((s) => ({ userid: userId, ...s })),
      };
    case 'list_actived_account':
      return {
        account_list: Object.entries(script.seats).flatMap(([userid, seats]) =>
          // Without the codes, as WeCom lists them.
          seats.map((seat) => ({ userid, ...seat, active_code: undefined })),
        ),
        has_more: 0,
      };
    case 'list_order':
      return { order_list: script.orders.map(({ order_id, order_type }) => ({ order_id, order_type })), has_more: 0 };
    case 'get_order':
      return order ? { order: wireOrder(order) } : { errcode: 701005 };
    case 'list_order_account':
      if (order?.codes === 'generating') return { errcode: 701022 };
      if (order?.renewed) return { account_list: order.renewed.map((userid) => ({ userid, type: 1 })), has_more: 0 };
      return {
        account_list: (order?.codes ?? []).map((code) => ({ active_code: code, type: script.codes[code]?.type ?? 1 })),
        has_more: 0,
      };
    case 'batch_get_active_info_by_code':
      return {
        active_info_list: (codes ?? []).flatMap((code) => {
          const info = script.codes[code];
          return info ? [{ active_code: code, ...info }] : [];
        }),
      };
    case 'active_account_by_type':
      return script.activate(userId ?? '', type ?? 0);
    default:
      return { errcode: 40066 };
  }
}

function wireOrder({ base, order_id, order_status, order_type }: LicenceScript['orders'][number]): object {
  return {
    order_id,
    order_type,
    order_status,
    corpid: CORP,
    price: 1000,
    account_count: { base_count: base, external_contact_count: 0 },
    account_duration: { months: 12 },
    create_time: 1_795_000_000,
    pay_time: 1_795_000_060,
  };
}

/** The one corp of these tests. */
export const CORP = 'wpLicenceTestCorp';
