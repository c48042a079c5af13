import { parseEvent } from '../../../server/callbacks/events';
import { parseXml } from '../../../server/callbacks/parse-xml';

/** Root elements as WeCom writes them; a value in [] is written without CDATA. */
function xml(fields: Record<string, string | number>): string {
  const element = ([name, value]: [string, string | number]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`;
  return `<xml>${Object.entries(fields).map(element).join('')}</xml>`;
}

const read = (name: string, fields: Record<string, string | number>) => parseEvent(name, parseXml(xml(fields)));
const AT = { TimeStamp: 1767225600 };
const AT_MS = 1767225600000;
const CORP = { SuiteId: 'ww1', AuthCorpId: 'wp1', ...AT };
const DATA = { ToUserName: 'wp1', FromUserName: 'wo1', CreateTime: 1767225600, MsgType: 'event', AgentID: 1000002 };

test.each([
  ['suite_ticket', { SuiteId: 'ww1', SuiteTicket: 'tkt', ...AT }, { suiteId: 'ww1', ticket: 'tkt' }],
  ['create_auth', { SuiteId: 'ww1', AuthCode: 'code', State: 'x', ...AT }, { suiteId: 'ww1', authCode: 'code' }],
  ['reset_permanent_code', { SuiteId: 'dk1', AuthCode: 'code', ...AT }, { suiteId: 'dk1', authCode: 'code' }],
  ['change_auth', CORP, { suiteId: 'ww1', corpId: 'wp1' }],
  ['cancel_auth', CORP, { suiteId: 'ww1', corpId: 'wp1' }],
  ['license_pay_success', { ...CORP, OrderId: 'OI1', BuyerUserId: 'b' }, { corpId: 'wp1', orderId: 'OI1' }],
  ['license_refund', { ...CORP, OrderId: 'OI1', OrderStatus: 1 }, { corpId: 'wp1', orderId: 'OI1' }],
  ['unlicensed_notify', { ...DATA, Event: 'unlicensed_notify' }, { corpId: 'wp1', userId: 'wo1' }],
  ['subscribe', { ...DATA, Event: 'subscribe' }, { corpId: 'wp1', userId: 'wo1' }],
  ['unsubscribe', { ...DATA, Event: 'unsubscribe' }, { corpId: 'wp1', userId: 'wo1' }],
  ['enter_agent', { ...DATA, Event: 'enter_agent', EventKey: '' }, { corpId: 'wp1', userId: 'wo1' }],
  ['change_app_admin', { ...DATA, FromUserName: 'sys' }, { corpId: 'wp1', userId: 'sys' }],
  ['template_card_event', { ...DATA, EventKey: 'renew_now', TaskId: 't', ResponseCode: 'r' }, { corpId: 'wp1' }],
])('%s is read into our words', (name, fields, expected) => {
  expect(read(name, fields as Record<string, string | number>)).toEqual({ type: name, atMs: AT_MS, ...expected });
});

test('change_contact is read from the command address and from a custom app’s data address', () => {
  const common = { type: 'change_contact', corpId: 'wp1', taggedUserIds: [], atMs: AT_MS };
  const deleted = { ...CORP, ChangeType: 'delete_user', UserID: 'wo1', OpenUserID: 'wo1' };
  const gone = { ...common, changeType: 'delete_user', userId: 'wo1', newUserId: null, hasLeft: true };
  expect(read('change_contact', deleted)).toEqual(gone);
  const renamed = { ...DATA, FromUserName: 'sys', ChangeType: 'update_user', UserID: 'wo1', NewUserID: 'wo2' };
  const moved = { ...common, changeType: 'update_user', userId: 'wo1', newUserId: 'wo2', hasLeft: false };
  expect(read('change_contact', renamed)).toEqual(moved);
  const update = { ...CORP, ChangeType: 'update_user', UserID: 'wo1' };
  expect(read('change_contact', { ...update, Status: 5 })).toMatchObject({ userId: 'wo1', hasLeft: true });
  expect(read('change_contact', { ...update, Status: 1 })).toMatchObject({ userId: 'wo1', hasLeft: false });
  const party = { ...CORP, ChangeType: 'update_party', Id: 2 };
  expect(read('change_contact', party)).toMatchObject({ changeType: 'update_party', userId: null });
  const tag = { ...CORP, ChangeType: 'update_tag', TagId: 7, AddUserItems: 'wo3,wo4', DelUserItems: '' };
  expect(read('change_contact', tag)).toMatchObject({ userId: null, taggedUserIds: ['wo3', 'wo4'] });
});

test('every account of an auto_activate is read, one or several, and none', () => {
  const account = (code: string, type: number) =>
    `<AccountList><ActiveCode><![CDATA[${code}]]></ActiveCode><Type>${type}</Type><ExpireTime>1798761600</ExpireTime>` +
    '<UserId><![CDATA[wo1]]></UserId><PreviousStatus>1</PreviousStatus></AccountList>';
  const event = (lists: string) =>
    parseEvent(
      'auto_activate',
      parseXml(
        `<xml><ServiceCorpId>p</ServiceCorpId><AuthCorpId>wp1</AuthCorpId><Scene>1</Scene><TimeStamp>1767225600</TimeStamp>${lists}</xml>`,
      ),
    );
  const read = (activeCode: string, accountType: string) => ({
    activeCode,
    accountType,
    userId: 'wo1',
    expiresAtMs: 1798761600000,
  });
  expect(event(account('L1', 1) + account('L2', 2))).toEqual({
    type: 'auto_activate',
    corpId: 'wp1',
    atMs: AT_MS,
    accounts: [read('L1', 'base'), read('L2', 'external_contact')],
  });
  expect(event(account('L1', 1))).toMatchObject({ accounts: [read('L1', 'base')] });
  expect(event('')).toMatchObject({ accounts: [] });
});

test('an account that does not say its type, or until when, still says whose seats to read', () => {
  const account = '<AccountList><UserId>wo1</UserId><Type>3</Type></AccountList>';
  const event = parseEvent('auto_activate', parseXml(`<xml><AuthCorpId>wp1</AuthCorpId>${account}</xml>`));
  const unsaid = { activeCode: null, accountType: null, expiresAtMs: null };
  expect(event).toMatchObject({ corpId: 'wp1', accounts: [{ userId: 'wo1', ...unsaid }] });
});

test('an event that does not say when it happened is older than anything', () => {
  expect(read('license_refund', { AuthCorpId: 'wp1', OrderId: 'OI1' })).toMatchObject({ orderId: 'OI1', atMs: 0 });
  expect(() => read('suite_ticket', { SuiteId: 'ww1', SuiteTicket: 'tkt' })).toThrow();
});

test('what nobody acts on is other, whatever it carries', () => {
  expect(read('enter_register_package', { SuiteId: 'ww1', ...AT })).toMatchObject({
    type: 'other',
    name: 'enter_register_package',
  });
  expect(read('text', { ...DATA, MsgType: 'text', Content: 'hello' })).toEqual({
    type: 'other',
    name: 'text',
    corpId: 'wp1',
  });
  expect(read('constructor', AT)).toMatchObject({ type: 'other' });
});

test('rights, edition, sharing and suspension name the corp each in its own field', () => {
  const touched = (name: string, fields: Record<string, string>) => read(name, { ...fields, ...AT });
  const of = (name: string) => ({ type: 'corp_touched', name, corpId: 'wp1' });
  expect(touched('corp_arch_auth', { AuthCorpId: 'wp1' })).toEqual(of('corp_arch_auth'));
  expect(touched('change_editon', { PaidCorpId: 'wp1' })).toEqual(of('change_editon'));
  expect(touched('share_agent_change', { CorpId: 'wp1' })).toEqual(of('share_agent_change'));
  expect(touched('close_inactive_agent', { ToUserName: 'wp1' })).toEqual(of('close_inactive_agent'));
  for (const till of ['open_order', 'change_order', 'pay_for_app_success', 'refund', 'cancel_order'])
    expect(touched(till, { PaidCorpId: 'wp1' })).toEqual(of(till));
});

test('an event that lacks what it must carry is refused, its complete twin is not', () => {
  expect(() => read('create_auth', { SuiteId: 'ww1', ...AT })).toThrow();
  expect(() => read('license_pay_success', CORP)).toThrow();
  expect(() => read('license_pay_success', { ...CORP, OrderId: 'OI1' })).not.toThrow();
});
