import { z } from 'zod';
import { wireAccountType, wireId, wireList, wireNumber, wireText } from '../wecom/wire';
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

/** `AuthCode` works once and for ten minutes. */
const codeFields = { SuiteId: wireId, AuthCode: z.string().min(1), TimeStamp: seconds };
const corpFields = { AuthCorpId: wireId, TimeStamp: seconds };
/** Data events: the corp is the addressee, the member the sender. */
const dataFields = { ToUserName: wireId, FromUserName: wireId, CreateTime: seconds };

const activatedAccount = z
  .object({ ActiveCode: wireId, Type: wireAccountType, ExpireTime: seconds, UserId: wireId, PreviousStatus: wireText })
  .transform((account) => ({
    activeCode: account.ActiveCode,
    accountType: account.Type,
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

const createAuth = z
  .object(codeFields)
  .transform((xml) => ({ type: 'create_auth' as const, authCode: xml.AuthCode, atMs: xml.TimeStamp }));

const resetPermanentCode = z
  .object(codeFields)
  .transform((xml) => ({ type: 'reset_permanent_code' as const, authCode: xml.AuthCode, atMs: xml.TimeStamp }));

const changeAuth = z
  .object(corpFields)
  .transform((xml) => ({ type: 'change_auth' as const, corpId: xml.AuthCorpId, atMs: xml.TimeStamp }));

const cancelAuth = z
  .object(corpFields)
  .transform((xml) => ({ type: 'cancel_auth' as const, corpId: xml.AuthCorpId, atMs: xml.TimeStamp }));

/** `a,b,c`; missing or empty: nobody. */
const userList = wireText.transform((list) => (list === null ? [] : list.split(',').filter((id) => id !== '')));

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
    const taggedUserIds = [...xml.AddUserItems, ...xml.DelUserItems];
    return { type: 'change_contact' as const, corpId, changeType, userId, newUserId, taggedUserIds, atMs };
  });

const licensePaySuccess = z.object({ ...corpFields, OrderId: wireId }).transform((xml) => ({
  type: 'license_pay_success' as const,
  corpId: xml.AuthCorpId,
  orderId: xml.OrderId,
  atMs: xml.TimeStamp,
}));

/** `OrderStatus` here: 1 refunded, 2 refused; not the scale of get_order. */
const licenseRefund = z.object({ ...corpFields, OrderId: wireId, OrderStatus: wireNumber }).transform((xml) => ({
  type: 'license_refund' as const,
  corpId: xml.AuthCorpId,
  orderId: xml.OrderId,
  refunded: xml.OrderStatus === 1,
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
  create_auth: createAuth,
  reset_permanent_code: resetPermanentCode,
  change_auth: changeAuth,
  cancel_auth: cancelAuth,
  change_contact: changeContact,
  license_pay_success: licensePaySuccess,
  license_refund: licenseRefund,
  auto_activate: autoActivate,
  unlicensed_notify: memberEvent('unlicensed_notify'),
  subscribe: memberEvent('subscribe'),
  unsubscribe: memberEvent('unsubscribe'),
  enter_agent: memberEvent('enter_agent'),
  change_app_admin: memberEvent('change_app_admin'),
  corp_arch_auth: corpEvent('corp_arch_auth'),
  approve_special_auth: corpEvent('approve_special_auth'),
  cancel_special_auth: corpEvent('cancel_special_auth'),
  // Sic: WeCom writes it so. The paid edition changed (91933).
  change_editon: corpEvent('change_editon'),
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
