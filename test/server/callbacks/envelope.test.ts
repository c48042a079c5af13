import { isForUs, isQuestionForUs, readEnvelope, type Channel } from '../../../server/callbacks/envelope';

const US = { suiteIds: ['ww1'], providerCorpId: 'wwprovider' };
const of = (fields: Record<string, string>) => readEnvelope(new Map(Object.entries(fields)));

const ticket = of({ SuiteId: 'ww1', InfoType: 'suite_ticket', TimeStamp: '1' });
const foreign = of({ SuiteId: 'ww2', InfoType: 'suite_ticket', TimeStamp: '1' });
const paid = of({ ServiceCorpId: 'wwprovider', InfoType: 'license_pay_success', AuthCorpId: 'wp1', TimeStamp: '1' });
const paidElsewhere = of({ ServiceCorpId: 'wwother', InfoType: 'license_pay_success', AuthCorpId: 'wp1' });
const register = of({ ServiceCorpId: 'wwprovider', InfoType: 'register_corp', AuthCorpId: 'wp1' });
const entered = of({ ToUserName: 'wp1', FromUserName: 'wo1', MsgType: 'event', Event: 'enter_agent', CreateTime: '5' });
const nobodys = of({ ToUserName: '', FromUserName: 'wo1', MsgType: 'event', Event: 'enter_agent', CreateTime: '5' });
const shared = of({ SuiteId: 'ww1', CorpId: 'wp1', AppId: '1', InfoType: 'share_agent_change', TimeStamp: '1' });
const contact = of({ SuiteId: 'ww1', AuthCorpId: 'wp1', InfoType: 'change_contact', TimeStamp: '1' });

test.each<[string, Channel, string, ReturnType<typeof of>, boolean]>([
  ['a suite notice for the suite on command', 'command', 'ww1', ticket, true],
  ['a suite notice for another suite', 'command', 'ww2', ticket, false],
  ['a suite notice that names another suite inside', 'command', 'ww1', foreign, false],
  ['a suite notice for the provider', 'command', 'wwprovider', ticket, false],
  ['a suite notice for a corp', 'command', 'wp1', contact, false],
  ['a suite notice on the data address', 'data', 'ww1', contact, true],
  ['a corp’s notice for the corp on the data address', 'data', 'wp1', contact, true],
  ['a corp’s event for that corp on data', 'data', 'wp1', entered, true],
  ['a corp’s event for another corp', 'data', 'wp2', entered, false],
  ['a corp’s event for the suite', 'data', 'ww1', entered, false],
  ['a corp’s event where command and data share an address', 'command', 'wp1', entered, true],
  ['a corp’s event on system', 'system', 'wp1', entered, false],
  ['a licence notice for the provider on system', 'system', 'wwprovider', paid, true],
  ['a licence notice for the provider on command', 'command', 'wwprovider', paid, true],
  ['a licence notice for the suite on command', 'command', 'ww1', paid, true],
  ['a licence notice for a corp', 'system', 'wp1', paid, false],
  ['a licence notice of another provider', 'system', 'wwprovider', paidElsewhere, false],
  ['another system event for the provider', 'system', 'wwprovider', register, true],
  ['another system event for the suite', 'system', 'ww1', register, false],
  ['a licence notice of an individual provider on system', 'system', '', paid, true],
  ['another system event of an individual provider', 'system', '', register, true],
  ['a licence notice for nobody on command', 'command', '', paid, false],
  ['a suite notice for nobody', 'command', '', ticket, false],
  ['a corp’s event for nobody', 'data', '', entered, false],
  ['an event of no corp for nobody', 'data', '', nobodys, false],
  ['a notice of sharing for the corp on the data address', 'data', 'wp1', shared, true],
])('%s', (_, channel, receiveId, envelope, expected) => {
  expect(isForUs(US, channel, receiveId, envelope)).toBe(expected);
});

test('the console’s question is for the provider, be it an individual, or for the suite', () => {
  const answered = ['wwprovider', 'ww1', ''];
  const refused = ['ww2', 'wp1'];
  expect([...answered, ...refused].map((id) => isQuestionForUs(US, id))).toEqual([true, true, true, false, false]);
});

test.each(['share_agent_change', 'share_chain_change'])('%s names its corp in a field of its own', (InfoType) => {
  expect(of({ InfoType, SuiteId: 'ww1', AppId: '1', CorpId: 'wp1', AgentId: '2', TimeStamp: '1' }).corpId).toBe('wp1');
  expect(of({ InfoType, SuiteId: 'ww1', AppId: '1', AgentId: '2', TimeStamp: '1' }).corpId).toBeNull();
});

test('type, corp and time are read from either kind', () => {
  expect(paid).toMatchObject({ type: 'license_pay_success', corpId: 'wp1', atMs: 1000, isData: false });
  expect(entered).toMatchObject({ type: 'enter_agent', corpId: 'wp1', atMs: 5000, isData: true });
  expect(of({ ToUserName: 'wp1', MsgType: 'text' })).toMatchObject({ type: 'text', atMs: 0 });
  const nothing = expect.objectContaining({ code: 'callback.malformed' }) as unknown as Error;
  expect(() => of({ ToUserName: 'wp1' })).toThrow(nothing);
});
