import { codeOf, customQuery, phoneOf } from './rig/logins';
import { corpToken, startRig, type CorpView, type Rig } from './rig/sandbox-rig';

let rig: Rig;
let corp: CorpView;
let provider: string;
beforeEach(async () => {
  rig = await startRig();
  corp = await rig.newCorp();
  provider = await rig.providerToken();
});
afterEach(() => rig.close());

const SWITCH = '/cgi-bin/license/get_auto_active_status';
/** What the call answers while nothing is wrong: never paid for. */
const FINE = 701071;
const limit = (rateLimit: object | null) => rig.control('settings', { rateLimit });
const ask = async (corpid = corp.corpId) =>
  (await rig.wire('license/get_auto_active_status', { provider_access_token: provider }, { corpid })).errcode;
const times = async (count: number, call: () => Promise<number | undefined>) => {
  const seen: (number | undefined)[] = [];
  for (let at = 0; at < count; at += 1) seen.push(await call());
  return seen;
};

test('per corp and call: over the limit 45009 for as long as the window, others go on', async () => {
  const other = await rig.newCorp();
  await rig.control('settings', { rateLimit: { perMinute: 2 } });
  expect(await ask()).toBe(FINE);
  expect(await ask()).toBe(FINE);
  expect(await ask()).toBe(45009);
  expect(await ask(other.corpId)).toBe(FINE);
  await rig.advance('59s');
  expect(await ask()).toBe(45009);
  await rig.advance('1s');
  expect(await ask()).toBe(FINE);
  await rig.control('settings', { rateLimit: null });
  expect(await ask()).toBe(FINE);
  expect(await ask()).toBe(FINE);
});

test('messages, and logins with a good code, are not counted', async () => {
  const custom = await rig.newCorp({ kind: 'custom' });
  const access_token = await corpToken(rig, custom);
  await limit({ perMinute: 1 });
  const text = { msgtype: 'text', agentid: custom.agentId, text: { content: '一' } };
  const send = async () =>
    (await rig.wire('message/send', { access_token }, { touser: custom.members[0]?.userId, ...text })).errcode;
  expect(await times(3, send)).toEqual([0, 0, 0]);
  const phone = await phoneOf(rig, custom.corpId, custom.members[0]?.userId ?? '');
  const logIn = async (code: string) => (await rig.wire('auth/getuserinfo', { access_token, code })).errcode;
  const good = async () => logIn(await codeOf(rig, phone, customQuery(rig, custom)));
  expect(await times(3, good)).toEqual([0, 0, 0]);
  expect(await times(2, () => logIn('spent'))).toEqual([40029, 45009]);
});

test('too many at once are 45033', async () => {
  await rig.control('settings', { rateLimit: { parallel: 1 } });
  await rig.control('faults', { endpoint: SWITCH, kind: 'slow', ms: 50 });
  expect((await Promise.all([ask(), ask()])).sort()).toEqual([45033, FINE]);
  expect(await ask()).toBe(FINE);
});

test('per address and call, whatever corp they are about', async () => {
  const other = await rig.newCorp();
  await limit({ addressPerMinute: 3 });
  expect(await times(2, ask)).toEqual([FINE, FINE]);
  expect(await times(2, () => ask(other.corpId))).toEqual([FINE, 45009]);
  const balance = async () =>
    (await rig.wire('service/get_account_balance', { provider_access_token: provider })).errcode;
  expect(await times(4, balance)).toEqual([0, 0, 0, 45009]);
  await rig.advance('60s');
  expect(await ask()).toBe(FINE);
});

test('per address within an hour, blocked for an hour', async () => {
  await limit({ addressPerHour: 1 });
  expect(await times(2, ask)).toEqual([FINE, 45009]);
  await rig.advance('3599s');
  expect(await ask()).toBe(45009);
  await rig.advance('1s');
  expect(await ask()).toBe(FINE);
});

test('what is about no corp counts for its address alone', async () => {
  await limit({ perMinute: 1, parallel: 0 });
  const order = async () =>
    (await rig.wire('license/get_order', { provider_access_token: provider }, { order_id: 'OInone' })).errcode;
  expect(await times(3, order)).toEqual([701005, 701005, 701005]);
});

describe('tickets for pages within an hour', () => {
  const ticket = async (path: string, access_token: string) =>
    (await rig.wire(path, { access_token, ...(path === 'ticket/get' && { type: 'agent_config' }) })).errcode;

  test.each(['get_jsapi_ticket', 'ticket/get'])('%s: 100 an app, and the next hour again', async (path) => {
    const token = await corpToken(rig, corp);
    await limit({});
    expect(await times(101, () => ticket(path, token))).toEqual([...Array<number>(100).fill(0), 45009]);
    await rig.advance('1h');
    expect(await ticket(path, token)).toBe(0);
  });

  test('a corp’s apps together: the limit of the corp', async () => {
    const token = await corpToken(rig, corp);
    const other = await corpToken(rig, await rig.newCorp());
    await limit({ ticketsPerCorpHour: 2 });
    expect(await times(3, () => ticket('get_jsapi_ticket', token))).toEqual([0, 0, 45009]);
    expect(await ticket('get_jsapi_ticket', other)).toBe(0);
    await limit(null);
    expect(await times(3, () => ticket('get_jsapi_ticket', token))).toEqual([0, 0, 0]);
  });
});
