import { startRig, START_MS, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeAll(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  await rig.sandbox.callbacksSettled();
});
afterAll(() => rig.close());

const member = () => corp.members[0]?.userId ?? '';
const event = (type: string, fields: object, to = corp) => rig.control('events', { corpId: to.corpId, type, fields });
const refused = async (type: string, fields: object, to = corp) =>
  (await rig.refused('events', { corpId: to.corpId, type, fields })).body.error?.message;

/** Orders the event and returns what the app got. */
async function said(type: string, fields: object, to = corp) {
  const app = to.kind === 'custom' ? rig.customApp : rig.app;
  app.received.length = 0;
  await event(type, fields, to);
  await rig.sandbox.callbacksSettled();
  const [received, ...more] = app.received;
  if (!received || more.length > 0) throw new Error(`${type} came ${app.received.length} times`);
  const { channel, fields: got, xml } = received;
  return { channel, xml, got, elements: Object.keys(got).join(' ') };
}

const COMMAND = 'SuiteId AuthCorpId InfoType TimeStamp';
const APP_ORDER = 'SuiteId PaidCorpId InfoType TimeStamp';
const DATA = 'ToUserName FromUserName CreateTime MsgType Event';
const order = { OrderId: 'OI1' };
const account = { ActiveCode: 'L1', Type: 1, ExpireTime: 1_798_761_600, UserId: 'woA', PreviousStatus: 1 };

test.each<[string, object, string]>([
  ['suite_ticket', { SuiteTicket: 'tkt' }, 'SuiteId InfoType TimeStamp SuiteTicket'],
  ['create_auth', { AuthCode: 'code', State: 's1' }, 'SuiteId AuthCode InfoType TimeStamp State'],
  ['create_auth', { AuthCode: 'code' }, 'SuiteId AuthCode InfoType TimeStamp'],
  ['change_auth', {}, 'SuiteId InfoType TimeStamp AuthCorpId'],
  ['cancel_auth', {}, 'SuiteId InfoType TimeStamp AuthCorpId'],
  ['reset_permanent_code', { AuthCode: 'code' }, 'SuiteId AuthCode InfoType TimeStamp'],
  ['corp_arch_auth', {}, COMMAND],
  ['approve_special_auth', { AuthType: 'contact' }, `${COMMAND} AuthType`],
  ['cancel_special_auth', { AuthType: 'contact' }, `${COMMAND} AuthType`],
  ['share_agent_change', {}, 'SuiteId InfoType TimeStamp CorpId AgentId'],
  ['share_chain_change', { AppId: 1 }, 'SuiteId AppId InfoType TimeStamp CorpId AgentId'],
  ['open_order', { ...order, OperatorId: 'woA' }, `${APP_ORDER} OrderId OperatorId`],
  ['change_order', { OldOrderId: 'OI1', NewOrderId: 'OI2' }, `${APP_ORDER} OldOrderId NewOrderId`],
  ['pay_for_app_success', order, `${APP_ORDER} OrderId`],
  ['refund', order, `${APP_ORDER} OrderId`],
  ['cancel_order', order, `${APP_ORDER} OrderId`],
  ['change_editon', {}, APP_ORDER],
])('%s %j comes to the command address in its shape', async (type, fields, elements) => {
  const { channel, elements: seen, got } = await said(type, fields);
  expect({ channel, elements: seen }).toEqual({ channel: 'command', elements });
  expect(got).toMatchObject({ SuiteId: corp.suiteId, InfoType: type, TimeStamp: String(START_MS / 1000) });
  for (const name of ['AuthCorpId', 'PaidCorpId', 'CorpId']) if (name in got) expect(got[name]).toBe(corp.corpId);
});

test.each<[string, object, string]>([
  [
    'license_pay_success',
    { OrderId: 'OI1', BuyerUserId: 'zhangsan' },
    'ServiceCorpId InfoType AuthCorpId OrderId BuyerUserId TimeStamp',
  ],
  [
    'license_refund',
    { OrderId: 'OI1', OrderStatus: 2 },
    'ServiceCorpId InfoType AuthCorpId OrderId OrderStatus TimeStamp',
  ],
  [
    'auto_activate',
    { Scene: 3, AccountList: [account, { ...account, PreviousStatus: 3, PreviousActiveCode: 'L0' }] },
    'ServiceCorpId InfoType AuthCorpId Scene TimeStamp AccountList',
  ],
  [
    'register_corp',
    {
      ...{ RegisterCode: 'reg', TemplateId: 'tpl', State: 's1', AuthUserInfo: { UserId: 'zhangsan' } },
      ContactSync: { AccessToken: 'token', ExpiresIn: 7200 },
    },
    'ServiceCorpId InfoType TimeStamp RegisterCode AuthCorpId ContactSync AuthUserInfo State TemplateId',
  ],
])('%s comes to the system address in its shape', async (type, fields, elements) => {
  const { channel, elements: seen, got } = await said(type, fields);
  expect({ channel, elements: seen }).toEqual({ channel: 'system', elements });
  expect(got).toMatchObject({ InfoType: type, AuthCorpId: corp.corpId });
});

test.each<[string, object, string]>([
  ['unlicensed_notify', { FromUserName: 'woA' }, `${DATA} AgentID`],
  ['enter_agent', { FromUserName: 'woA' }, `${DATA} EventKey AgentID`],
  ['subscribe', { FromUserName: 'woA' }, `${DATA} AgentID`],
  ['unsubscribe', { FromUserName: 'woA' }, `${DATA} AgentID`],
  ['change_app_admin', {}, `${DATA} AgentID`],
  ['close_inactive_agent', {}, `${DATA} AgentID`],
  ['reopen_inactive_agent', {}, `${DATA} AgentID`],
  [
    'template_card_event',
    { FromUserName: 'woA', EventKey: 'renew', TaskId: 't1', CardType: 'button_interaction', ResponseCode: 'r1' },
    `${DATA} EventKey TaskId CardType ResponseCode AgentID`,
  ],
])('%s comes to the data address in its shape', async (type, fields, elements) => {
  const { channel, elements: seen, got } = await said(type, fields);
  expect({ channel, elements: seen }).toEqual({ channel: 'data', elements });
  const from = 'FromUserName' in fields ? fields.FromUserName : 'sys';
  const known = { ToUserName: corp.corpId, FromUserName: from, MsgType: 'event', AgentID: String(corp.agentId) };
  expect(got).toMatchObject({ Event: type, CreateTime: String(START_MS / 1000), ...known });
});

test('what was chosen on a card is spelt as WeCom spells it', async () => {
  const chosen = { QuestionKey: 'q1', OpitonIds: { OpitonId: ['a', 'b'] } };
  const { xml } = await said('template_card_event', {
    ...{ FromUserName: 'woA', EventKey: 'send', TaskId: 't1', CardType: 'vote_interaction' },
    SelectedItems: { SelectedItem: [chosen] },
  });
  expect(xml).toContain(
    '<SelectedItems><SelectedItem><QuestionKey><![CDATA[q1]]></QuestionKey><OpitonIds>' +
      '<OpitonId><![CDATA[a]]></OpitonId><OpitonId><![CDATA[b]]></OpitonId></OpitonIds></SelectedItem></SelectedItems>',
  );
});

describe('change_contact', () => {
  const CHANGES: [object, string][] = [
    [
      { ChangeType: 'create_user', UserID: 'woA', OpenUserID: 'woA', Department: '1,2', MainDepartment: 1, Status: 1 },
      'ChangeType UserID OpenUserID Department MainDepartment Status',
    ],
    [{ ChangeType: 'update_user', UserID: 'woA', NewUserID: 'woB' }, 'ChangeType UserID NewUserID'],
    [{ ChangeType: 'delete_user', UserID: 'woA', OpenUserID: 'woA' }, 'ChangeType UserID OpenUserID'],
    [{ ChangeType: 'create_party', Id: 2, Name: '2', ParentId: '1', Order: 1 }, 'ChangeType Id Name ParentId Order'],
    [{ ChangeType: 'update_party', Id: 2, Name: '2', ParentId: '1' }, 'ChangeType Id Name ParentId'],
    [{ ChangeType: 'delete_party', Id: 2 }, 'ChangeType Id'],
    [
      { ChangeType: 'update_tag', TagId: 7, AddUserItems: 'woB' },
      'ChangeType TagId AddUserItems DelUserItems AddPartyItems DelPartyItems',
    ],
  ];

  test.each(CHANGES)('%j: a third-party app hears of it at the command address', async (fields, elements) => {
    const { channel, elements: seen } = await said('change_contact', fields);
    expect({ channel, elements: seen }).toEqual({ channel: 'command', elements: `${COMMAND} ${elements}` });
  });

  test.each(CHANGES)('%j: a custom app hears of it at its data address', async (fields, elements) => {
    const custom = await rig.newCorp({ kind: 'custom' });
    await rig.sandbox.callbacksSettled();
    const { channel, elements: seen, got } = await said('change_contact', fields, custom);
    expect({ channel, elements: seen }).toEqual({ channel: 'data', elements: `${DATA} ${elements} AgentID` });
    expect(got).toMatchObject({ Event: 'change_contact', FromUserName: 'sys', ToUserName: custom.corpId });
  });

  test('numbers stay plain, texts do not', async () => {
    const { xml } = await said('change_contact', { ChangeType: 'update_party', Id: 2, Name: '2', ParentId: '1' });
    expect(xml).toContain('<Id>2</Id><Name><![CDATA[2]]></Name><ParentId><![CDATA[1]]></ParentId>');
  });

  test('a third-party app gets no names, a custom app does', async () => {
    const change = { ChangeType: 'update_user', UserID: member(), Name: '成员一' };
    expect(await refused('change_contact', change)).toContain('no names');
    const custom = await rig.newCorp({ kind: 'custom' });
    await rig.sandbox.callbacksSettled();
    expect((await said('change_contact', change, custom)).got).toMatchObject({ Name: '成员一' });
  });
});

test('nothing but the callback happens', async () => {
  const before = await rig.corpOf(corp.corpId);
  await said('cancel_auth', {});
  await said('change_contact', { ChangeType: 'delete_user', UserID: member() });
  expect(await rig.corpOf(corp.corpId)).toEqual(before);
});

test.each<[string, object, string]>([
  ['made_up', {}, 'the shape of an event made_up is not known; these are: approve_special_auth, '],
  ['toString', {}, 'not known'],
  ['change_contact', { ChangeType: 'fire_user' }, 'needs a ChangeType of create_user, '],
  ['change_contact', { ChangeType: 'toString' }, 'needs a ChangeType'],
  ['open_order', { OrderId: 'OI1' }, 'OperatorId'],
  ['cancel_order', { OrderId: 'x'.repeat(33) }, 'OrderId'],
  ['license_refund', { OrderId: 'OI1', OrderStatus: 5 }, 'OrderStatus'],
  ['change_editon', { OrderId: 'OI1' }, 'OrderId'],
  ['subscribe', {}, 'FromUserName'],
  ['change_app_admin', { FromUserName: 'woA' }, 'FromUserName'],
])('%s with %j is refused, and says why', async (type, fields, words) => {
  expect(await refused(type, fields)).toContain(words);
});

test('a data event needs the app, a command event does not', async () => {
  const without = await rig.newCorp({ install: false });
  expect(await refused('subscribe', { FromUserName: 'woA' }, without)).toContain('does not have the app');
  expect((await said('cancel_auth', {}, without)).channel).toBe('command');
});
