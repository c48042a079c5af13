import { z } from 'zod';
import { wireAccountType, wireId, wireList, wireMoment, wireNumber, wireText } from '../wecom/wire';
import type { XmlFields } from './parse-xml';

/**
 * Every callback this server acts on, in our words; wire spelling ends here. Anything else WeCom sends is `other`:
 * stored, marked done, and nothing more. The names of the types are WeCom's own `InfoType` and `Event`.
 */
export type CallbackEvent = z.output<(typeof EVENTS)[keyof typeof EVENTS]> | OtherEvent;

/** The event of one type. */
export type EventOf<T extends CallbackEvent['type']> = Extract<CallbackEvent, { type: T }>;

export type OtherEvent = { readonly type: 'other'; readonly name: string; readonly corpId: string | null };

const seconds = wireNumber.transform((time) => time * 1000);
/** An event that does not say when it happened is older than anything: it makes us look and decides nothing. */
const moment = seconds.nullish().transform((atMs) => atMs ?? 0);

/** What a handler can do without is not demanded here: an event is a hint, and one that is read badly is lost. */
const corpFields = { AuthCorpId: wireId, TimeStamp: moment };
/** Data events: the corp is the addressee, the member the sender. */
const dataFields = { ToUserName: wireId, FromUserName: wireId, CreateTime: moment };

/** Without type or end it still says whose seats to read. */
const activatedAccount = z
  .object({
    ActiveCode: wireText,
    Type: wireAccountType.nullish().catch(null),
    ExpireTime: wireMoment,
    UserId: wireId,
  })
  .transform((account) => ({
    activeCode: account.ActiveCode,
    accountType: account.Type ?? null,
    expiresAtMs: account.ExpireTime,
    userId: account.UserId,
  }));

const suiteTicket = z
  .object({ SuiteId: wireId, SuiteTicket: z.string().min(1), TimeStamp: seconds })
  .transform((xml) => ({
    type: 'suite_ticket' as const,
    suiteId: xml.SuiteId,
    ticket: xml.SuiteTicket,
    atMs: xml.TimeStamp,
  }));

/** An event that brings an auth_code. */
function codeEvent<T extends string>(type: T) {
  return z
    .object({ SuiteId: wireText, AuthCode: z.string().min(1), TimeStamp: moment })
    .transform((xml) => ({ type, suiteId: xml.SuiteId, authCode: xml.AuthCode, atMs: xml.TimeStamp }));
}

/** An event about one corp's authorisation of one suite. */
function authorisationEvent<T extends string>(type: T) {
  return z
    .object({ ...corpFields, SuiteId: wireText })
    .transform((xml) => ({ type, suiteId: xml.SuiteId, corpId: xml.AuthCorpId, atMs: xml.TimeStamp }));
}

/** `a,b,c`; missing or empty: nobody. */
const userList = wireText.transform((list) => (list === null ? [] : list.split(',').filter((id) => id !== '')));

/** `Status` of a member who left the corp (1 active, 2 disabled, 4 not activated); an update may be all that tells it. */
const LEFT_CORP = '5';

/** A third-party app hears it on the command address (AuthCorpId), a custom app on its data address (ToUserName). */
const changeContact = z
  .object({
    AuthCorpId: wireText,
    ToUserName: wireText,
    TimeStamp: seconds.optional(),
    CreateTime: seconds.optional(),
    ChangeType: wireId,
    UserID: wireText,
    NewUserID: wireText,
    Status: wireText,
    AddUserItems: userList,
    DelUserItems: userList,
  })
  .transform((xml, context) => {
    const corpId = xml.AuthCorpId ?? xml.ToUserName;
    if (corpId === null) {
      context.addIssue({ code: 'custom', message: 'names no corp' });
      return z.NEVER;
    }
    const atMs = xml.TimeStamp ?? xml.CreateTime ?? 0;
    const { ChangeType: changeType, UserID: userId, NewUserID: newUserId } = xml;
    const hasLeft = changeType === 'delete_user' || xml.Status === LEFT_CORP;
    const taggedUserIds = [...xml.AddUserItems, ...xml.DelUserItems];
    return { type: 'change_contact' as const, corpId, changeType, userId, newUserId, hasLeft, taggedUserIds, atMs };
  });

const licensePaySuccess = z.object({ ...corpFields, OrderId: wireId }).transform((xml) => ({
  type: 'license_pay_success' as const,
  corpId: xml.AuthCorpId,
  orderId: xml.OrderId,
  atMs: xml.TimeStamp,
}));

/** Its `OrderStatus` (1 refunded, 2 refused; not the scale of get_order) is not read: the order itself is. */
const licenseRefund = z.object({ ...corpFields, OrderId: wireId }).transform((xml) => ({
  type: 'license_refund' as const,
  corpId: xml.AuthCorpId,
  orderId: xml.OrderId,
  atMs: xml.TimeStamp,
}));

const autoActivate = z.object({ ...corpFields, AccountList: wireList(activatedAccount) }).transform((xml) => ({
  type: 'auto_activate' as const,
  corpId: xml.AuthCorpId,
  accounts: xml.AccountList,
  atMs: xml.TimeStamp,
}));

/** A member event of the data address: who, in which corp, when. */
function memberEvent<T extends string>(type: T) {
  return z
    .object(dataFields)
    .transform((xml) => ({ type, corpId: xml.ToUserName, userId: xml.FromUserName, atMs: xml.CreateTime }));
}

/** Somebody pressed a button of a card. Which one does not matter: whoever acts on a reminder looks at orders. */
const templateCardEvent = z
  .object({ ToUserName: wireId, CreateTime: moment })
  .transform((xml) => ({ type: 'template_card_event' as const, corpId: xml.ToUserName, atMs: xml.CreateTime }));

/** Something about the app in one corp changed that the event does not tell: rights, edition, sharing, suspension. */
function corpEvent<T extends string>(name: T) {
  return z
    .object({ AuthCorpId: wireText, PaidCorpId: wireText, CorpId: wireText, ToUserName: wireText })
    .transform((xml) => ({
      type: 'corp_touched' as const,
      name,
      corpId: xml.AuthCorpId ?? xml.PaidCorpId ?? xml.CorpId ?? xml.ToUserName,
    }));
}

const EVENTS = {
  suite_ticket: suiteTicket,
  create_auth: codeEvent('create_auth'),
  reset_permanent_code: codeEvent('reset_permanent_code'),
  change_auth: authorisationEvent('change_auth'),
  cancel_auth: authorisationEvent('cancel_auth'),
  change_contact: changeContact,
  license_pay_success: licensePaySuccess,
  license_refund: licenseRefund,
  auto_activate: autoActivate,
  unlicensed_notify: memberEvent('unlicensed_notify'),
  subscribe: memberEvent('subscribe'),
  unsubscribe: memberEvent('unsubscribe'),
  enter_agent: memberEvent('enter_agent'),
  change_app_admin: memberEvent('change_app_admin'),
  template_card_event: templateCardEvent,
  corp_arch_auth: corpEvent('corp_arch_auth'),
  approve_special_auth: corpEvent('approve_special_auth'),
  cancel_special_auth: corpEvent('cancel_special_auth'),
  // Sic: WeCom writes it so. The paid edition changed (91933).
  change_editon: corpEvent('change_editon'),
  // Orders of the app itself at WeCom's till, which may change its edition; licence orders are other events.
  open_order: corpEvent('open_order'),
  change_order: corpEvent('change_order'),
  pay_for_app_success: corpEvent('pay_for_app_success'),
  refund: corpEvent('refund'),
  cancel_order: corpEvent('cancel_order'),
  share_agent_change: corpEvent('share_agent_change'),
  share_chain_change: corpEvent('share_chain_change'),
  close_inactive_agent: corpEvent('close_inactive_agent'),
  reopen_inactive_agent: corpEvent('reopen_inactive_agent'),
} as const;

/**
 * What a parsed callback means. `name` is its InfoType or Event (`readEnvelope`). Throws ZodError when an event we act on
 * lacks what it must carry.
 */
export function parseEvent(name: string, xml: XmlFields): CallbackEvent {
  if (Object.hasOwn(EVENTS, name)) return EVENTS[name as keyof typeof EVENTS].parse(xml);
  return { type: 'other', name, corpId: wireText.catch(null).parse(xml['AuthCorpId'] ?? xml['ToUserName']) };
}
