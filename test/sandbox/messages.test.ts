import { open, phoneOf } from './rig/logins';
import { corpToken, startRig, type CorpView, type Rig, type Wire } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp({ people: 5 });
});
afterEach(() => rig.close());

const user = (index: number) => corp.members[index]?.userId ?? '';
const lower = (index: number) => user(index).toLowerCase();
const act = (index: number, action: string) =>
  rig.control('members', { corpId: corp.corpId, userId: user(index), action });
const card = () => ({ title: '名额将到期', description: '还有 7 天', url: `${rig.app.url}/licence?from=card` });
const message = (change: object = {}) => ({
  touser: [0, 1, 2].map(user).join('|'),
  msgtype: 'textcard',
  agentid: corp.agentId,
  textcard: card(),
  ...change,
});
const send = async (change: object = {}) =>
  rig.wire('message/send', { access_token: await corpToken(rig, corp) }, message(change));
type Box = { msgId: string; toUserIds: string[]; droppedUserIds: string[]; recalled: boolean; title: string }[];
const box = async () => ((await rig.fetchJson('/sandbox/messages')).body as { messages: Box }).messages;

const trialOver = async () => {
  await rig.advance('91d');
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control('seats', { corpId: corp.corpId, userId: user(0) });
};

test('during the trial everybody in range gets the message, and the outbox has it', async () => {
  await act(2, 'hide');
  const answer = await send();
  expect(answer).toMatchObject({ errcode: 0, invaliduser: lower(2) });
  expect(answer).not.toHaveProperty('unlicenseduser');
  expect(await box()).toMatchObject([
    {
      msgId: answer.msgid,
      toUserIds: [user(0), user(1)],
      title: '名额将到期',
      url: `${rig.app.url}/licence?from=card`,
    },
  ]);
});

test('afterwards only licensed members get it, the others come back in lower case', async () => {
  await trialOver();
  await act(2, 'leave');
  const answer = await send();
  expect(answer).toMatchObject({ errcode: 0, unlicenseduser: lower(1), invaliduser: lower(2) });
  expect((await box())[0]?.toUserIds).toEqual([user(0)]);
});

test('a message that reaches nobody is refused with 81013 and kept nowhere', async () => {
  await trialOver();
  expect(await send({ touser: `${user(1)}|woNobody` })).toMatchObject({
    errcode: 81013,
    unlicenseduser: lower(1),
    invaliduser: 'wonobody',
  });
  expect(await box()).toEqual([]);
  expect((await send({ touser: user(0) })).errcode).toBe(0);
});

test('with auto-activation on a message activates, as Scene 2, and is delivered', async () => {
  await trialOver();
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  const answer = await send({ touser: user(3) });
  expect(answer).not.toHaveProperty('unlicenseduser');
  await rig.advance('2s');
  await rig.sandbox.callbacksSettled();
  expect(rig.app.of('auto_activate').map(({ fields }) => fields.Scene)).toEqual(['2']);
  expect((await rig.corpOf(corp.corpId)).members[3]?.seats).toHaveLength(1);
});

test('a message activates no more people than there are codes; the others are named', async () => {
  await rig.advance('91d');
  await rig.buy(corp.corpId, { base: 1, months: 12 });
  await rig.control('auto-activation', { corpId: corp.corpId, on: true });
  expect(await send()).toMatchObject({ errcode: 0, unlicenseduser: `${lower(1)}|${lower(2)}` });
  expect((await box())[0]?.toUserIds).toEqual([user(0)]);
  await rig.advance('0s');
  const { members } = await rig.corpOf(corp.corpId);
  expect(members.map(({ seats }) => seats.length)).toEqual([1, 0, 0, 0, 0]);
});

test('@all and the one department mean everybody in range', async () => {
  await act(4, 'leave');
  await send({ touser: '@all' });
  await send({ touser: '', toparty: '1' });
  expect((await box()).map((one) => one.toUserIds.length)).toEqual([4, 4]);
});

const notice = (change: object = {}) => ({
  card_type: 'text_notice',
  main_title: { title: '到期提醒' },
  card_action: { type: 1, url: 'https://app.example/' },
  ...change,
});
const asCard = (template_card: object) => ({ msgtype: 'template_card', template_card });
const button = { text: '现在续期', key: 'renew' };

test.each<[string, object, object]>([
  ['nobody', { touser: '' }, {}],
  ['over 1000 people', { touser: Array.from({ length: 1001 }, (_, n) => `wo${n}`).join('|') }, {}],
  ['a title over 128 bytes', { textcard: { title: '名'.repeat(43), description: 'x', url: 'https://a.b' } }, {}],
  ['a url without its scheme', { textcard: { title: 'x', description: 'x', url: 'a.example' } }, {}],
  ['a msgtype WeCom does not have', { msgtype: 'fax' }, {}],
  ['a notice without card_action', asCard(notice({ card_action: undefined })), asCard(notice())],
  ['an action menu without task_id', asCard(notice({ action_menu: { action_list: [button] } })), asCard(notice())],
  [
    'buttons without task_id',
    asCard({ ...notice(), card_type: 'button_interaction', button_list: [button] }),
    asCard({ ...notice(), card_type: 'button_interaction', button_list: [button], task_id: 'renew-1' }),
  ],
  ['an interval over 4 h', { enable_duplicate_check: 1, duplicate_check_interval: 14_401 }, {}],
])('%s is refused, its well-formed twin is sent', async (_what, wrong, right) => {
  expect((await send(wrong)).errcode).toBe(40058);
  expect((await send(right)).errcode).toBe(0);
});

test('another agent id is 40056, a removed app 40014', async () => {
  const token = await corpToken(rig, corp);
  expect((await send({ agentid: 1 })).errcode).toBe(40056);
  await rig.control('uninstall', { corpId: corp.corpId });
  expect((await rig.wire('message/send', { access_token: token }, message())).errcode).toBe(40014);
});

test('the same message within the interval is delivered once, a changed one and a later one again', async () => {
  const once = { enable_duplicate_check: 1, duplicate_check_interval: 60 };
  const first = await send(once);
  expect((await send(once)).msgid).toBe(first.msgid);
  expect((await send({ ...once, textcard: { ...card(), title: '别的' } })).msgid).not.toBe(first.msgid);
  await rig.advance('61s');
  expect((await send(once)).msgid).not.toBe(first.msgid);
  expect(await box()).toHaveLength(3);
});

test('over 30 a minute to one member the rest is dropped without a word', async () => {
  for (let count = 0; count < 30; count += 1) await send({ touser: user(0) });
  expect((await send({ touser: user(0) })).errcode).toBe(0);
  expect((await box()).at(-1)).toMatchObject({ toUserIds: [], droppedUserIds: [user(0)] });
  await rig.advance('60s');
  await send({ touser: user(0) });
  expect((await box()).at(-1)).toMatchObject({ toUserIds: [user(0)] });
});

test('pressing a button tells the app, and the card can be changed once', async () => {
  const pressed = { ...notice(), card_type: 'button_interaction', button_list: [button], task_id: 'renew-1' };
  const sent = (await send(asCard(pressed))) as Wire & { msgid: string };
  await rig.control(`messages/${sent.msgid}/press`, { userId: user(1), key: 'renew' });
  await rig.sandbox.callbacksSettled();
  const event = rig.app.of('template_card_event')[0];
  expect(event?.fields).toMatchObject({ FromUserName: user(1), EventKey: 'renew', TaskId: 'renew-1' });
  expect(event?.fields.ResponseCode).toBe(sent.response_code);
  const change = { agentid: corp.agentId, response_code: sent.response_code, button: { replace_name: '已处理' } };
  const update = async () =>
    rig.wire('message/update_template_card', { access_token: await corpToken(rig, corp) }, change);
  expect((await update()).errcode).toBe(0);
  expect((await update()).errcode).toBe(40058);
  expect((await rig.refused(`messages/${sent.msgid}/press`, { userId: user(4), key: 'renew' })).status).toBe(400);
});

test('a message can be recalled for a day', async () => {
  const { msgid } = await send();
  const recall = async () => rig.wire('message/recall', { access_token: await corpToken(rig, corp) }, { msgid });
  await rig.advance('24h');
  expect((await recall()).errcode).toBe(0);
  expect((await box())[0]?.recalled).toBe(true);
  await rig.advance('1s');
  expect((await recall()).errcode).toBe(40058);
});

test('a person opens the card they got, nobody else does', async () => {
  const { msgid } = await send({ touser: user(1) });
  const phone = await phoneOf(rig, corp.corpId, user(1));
  const opened = await rig.control<{ url: string }>(`phones/${phone}/open`, { entry: 'card', messageId: msgid });
  expect(opened.url).toBe(`${rig.app.url}/licence?from=card`);
  const other = await phoneOf(rig, corp.corpId, user(0));
  expect((await rig.refused(`phones/${other}/open`, { entry: 'card', messageId: msgid })).status).toBe(400);
  expect(await open(rig, other, 'card')).toContain(rig.app.url);
});
