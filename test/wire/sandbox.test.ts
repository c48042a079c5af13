import type { CorpRef, Wecom } from '../../server/wecom/client';
import { codeOf, customQuery, open, outsiderPhone, phoneOf } from '../sandbox/rig/logins';
import {
  CUSTOM_SUITE,
  DAY_MS,
  permanentCodeOf,
  START_MS,
  startRig,
  THIRD_PARTY_SUITE,
  type CorpView,
  type Rig,
} from '../sandbox/rig/sandbox-rig';
import { startClient } from '../support/wecom-client';
import { WIRE } from './description/wire';
import { buildForm } from './form';
import { judgeAnswer, judgeRequest } from './judge';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy';

jest.setTimeout(60_000);

let rig: Rig;
let proxy: RecordingProxy;
let closeClient: () => Promise<void> = () => Promise.resolve();
const walked = new Set<string>();

beforeEach(async () => {
  rig = await startRig();
  proxy = await startRecordingProxy(rig.sandbox.origin);
});

afterEach(async () => {
  const problems = proxy.exchanges.flatMap((one) => [...judgeRequest(one), ...judgeAnswer(one.path, one.answer)]);
  const refused = proxy.exchanges.filter(({ answer }) => (answer as { errcode?: number }).errcode);
  for (const { answer, path } of proxy.exchanges) if (!(answer as { errcode?: number }).errcode) walked.add(path);
  await closeClient();
  await proxy.close();
  await rig.close();
  expect(problems).toEqual([]);
  expect(refused.map(({ answer, path }) => ({ path, answer }))).toEqual([]);
});

async function connect(suite: typeof THIRD_PARTY_SUITE): Promise<Wecom> {
  const { provider } = suite;
  const { close, tokens, wecom } = await startClient({
    origin: proxy.origin,
    clock: rig.sandbox.clock,
    suite,
    provider,
  });
  closeClient = close;
  await rig.control('suite-ticket', { suiteId: suite.suiteId });
  const ticket = rig.sandbox.state.suites.find((one) => one.suiteId === suite.suiteId)?.tickets.at(-1)?.value ?? '';
  await tokens.saveSuiteTicket(suite.suiteId, ticket, rig.sandbox.clock.now());
  return wecom;
}

function refOf(corp: CorpView, kind: CorpRef['kind']): CorpRef {
  return {
    corpId: corp.corpId,
    kind,
    agentId: String(corp.agentId),
    permanentCode: permanentCodeOf(rig, corp.corpId),
  };
}

const authCodeOf = (corpId: string) =>
  rig.sandbox.state.authCodes.findLast((one) => one.corpId === corpId && !one.used)?.code ?? '';
const userOf = (corp: CorpView, index: number) => corp.members[index]?.userId ?? '';
const idsOf = (corp: CorpView) => ({ corpId: corp.corpId, buyerUserId: 'zhangsan' });

test('installing, reading and signing for a third-party app', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  await wecom.setSessionInfo(await wecom.getPreAuthCode(), true);
  const corp = await rig.newCorp();
  const { permanentCode } = await wecom.getPermanentCode(authCodeOf(corp.corpId));
  const ref = refOf(corp, 'third_party');
  expect(permanentCode).toBe(ref.permanentCode);
  await wecom.getAuthInfo(ref);
  await wecom.getAdminList(ref);
  await wecom.getPermissions(ref);
  await wecom.getCallbackAddresses(ref);
  await wecom.getJsTicket(ref, 'corp');
  await wecom.getJsTicket(ref, 'agent');
  expect(await wecom.getOpenCorpId(corp.plainCorpId)).toBe(corp.corpId);
});

test('the same of a WeCom from before v2', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  proxy.forgetV2(true);
  const corp = await rig.newCorp();
  await wecom.getPermanentCode(authCodeOf(corp.corpId));
  await wecom.getAuthInfo(refOf(corp, 'third_party'));
});

test('every login of a third-party app', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corp = await rig.newCorp();
  const admin = corp.members.find((member) => member.admin)?.userId ?? '';
  const phone = await phoneOf(rig, corp.corpId, userOf(corp, 0));
  expect(await wecom.exchangeOAuthCode(await codeOf(rig, phone))).toMatchObject({
    kind: 'member',
    corpId: corp.corpId,
  });
  expect(await wecom.exchangeOAuthCode(await codeOf(rig, await outsiderPhone(rig)))).toMatchObject({
    kind: 'outsider',
  });
  const settings = await open(rig, await phoneOf(rig, corp.corpId, admin), 'settings');
  const administrator = await wecom.exchangeAdminCode(new URL(settings).searchParams.get('auth_code') ?? '');
  expect(administrator).toMatchObject({ userId: admin, managedAgents: [String(corp.agentId)] });
  const { code } = await rig.control<{ code: string }>(`phones/${phone}/mini-login`);
  expect(await wecom.exchangeMiniProgramCode(code)).toMatchObject({ userId: userOf(corp, 0) });
});

test('everything of a custom app', async () => {
  const wecom = await connect(CUSTOM_SUITE);
  expect(await wecom.getTemplateLink('channel01')).toMatchObject({ ttlSeconds: 864_000 });
  const corp = await rig.newCorp({ kind: 'custom' });
  await wecom.getPermanentCode(authCodeOf(corp.corpId));
  const ref = refOf(corp, 'custom');
  await wecom.getAuthInfo(ref);
  await wecom.getAdminList(ref);
  const phone = await phoneOf(rig, corp.corpId, userOf(corp, 0));
  const identity = await wecom.exchangeCustomCode(ref, await codeOf(rig, phone, customQuery(rig, corp)));
  expect(identity).toMatchObject({ kind: 'member', userId: userOf(corp, 0) });
  const { code } = await rig.control<{ code: string }>(`phones/${phone}/mini-login`);
  expect(await wecom.exchangeMiniProgramCode(code, ref)).toMatchObject({ userId: userOf(corp, 0) });
});

test('buying, cancelling, activating, reading, transferring and sharing', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corp = await rig.newCorp({ people: 6 });
  const down = await rig.newCorp({ people: 4 });
  const { corpId } = corp;
  const order = { ...idsOf(corp), baseCount: 4, externalContactCount: 2, months: 12 };
  const mistaken = await wecom.createOrder({ ...order, days: 3 });
  await wecom.cancelOrder(mistaken.orderId, corpId);
  const { orderId } = await wecom.createOrder(order);
  expect((await wecom.listOrderCodes(orderId, null)).items).toEqual([]);
  await rig.control(`orders/${orderId}/pay`);
  await rig.advance('1m');
  expect(await wecom.getOrder(orderId)).toMatchObject({ status: 1, months: 12, baseCount: 4 });
  expect((await wecom.listOrders(corpId, START_MS - DAY_MS, START_MS + DAY_MS, null)).items).toHaveLength(2);
  const { items } = await wecom.listOrderCodes(orderId, null);
  const [one = '', two = '', three = '', four = ''] = items.flatMap(({ code, type }) =>
    type === 'base' ? [code] : [],
  );

  await wecom.activateCode(corpId, { code: one, userId: userOf(corp, 0) });
  const bound = await wecom.activateCodes(corpId, [
    { code: two, userId: userOf(corp, 1) },
    { code: one, userId: userOf(corp, 2) },
  ]);
  expect(bound.map(({ errcode }) => errcode)).toEqual([0, 701_003]);
  await wecom.activateByType(corpId, userOf(corp, 2), 'external_contact');
  expect(await wecom.getCode(corpId, one)).toMatchObject({ status: 2, userId: userOf(corp, 0) });
  expect(await wecom.getCodes(corpId, [one, three, 'nobody’s'])).toHaveLength(2);
  expect(await wecom.getActiveInfoByUser(corpId, userOf(corp, 2))).toHaveLength(1);
  expect((await wecom.listActivatedAccounts(corpId, null)).items).toHaveLength(3);

  const moves = [
    { fromUserId: userOf(corp, 1), toUserId: userOf(corp, 3) },
    { fromUserId: userOf(corp, 4), toUserId: userOf(corp, 5) },
  ];
  expect((await wecom.transferLicences(corpId, moves)).map(({ errcode }) => errcode)).toEqual([0, 701_016]);
  await rig.control('links', { corpId, to: down.corpId, heads: 10 });
  const share = { fromCorpId: corpId, toCorpId: down.corpId, link: 'upstream' } as const;
  expect(await wecom.shareCodes({ ...share, codes: [three, one] })).toEqual({
    refused: [{ code: one, errcode: expect.any(Number) as number }],
  });
  expect(await wecom.getCode(corpId, three)).toMatchObject({ status: 6, sharedToCorpId: down.corpId });
  expect(await wecom.shareCodes({ ...share, codes: [four] })).toEqual({ refused: [] });

  expect(await wecom.getAppLicence(corpId)).toMatchObject({ checking: true });
  await wecom.setAutoActivation(corpId, true);
  expect(await wecom.getAutoActivation(corpId)).toEqual({ on: true, everPaid: true });
});

test('renewing, and paying from the balance', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corp = await rig.newCorp();
  const { corpId } = corp;
  await rig.buy(corpId, { base: 2, months: 12 });
  await rig.control('seats', { corpId, userId: userOf(corp, 0) });
  const members = [0, 1].map((index) => ({ userId: userOf(corp, index), type: 'base' as const }));
  const job = await wecom.addToRenewalJob(corpId, members, null);
  expect(job.refused).toEqual([{ userId: userOf(corp, 1), type: 'base', errcode: 701_004 }]);
  const { orderId } = await wecom.submitRenewalJob(job.jobId, 'zhangsan', { months: 12 });
  const beforeFen = await wecom.getBalanceFen();
  const payment = await wecom.payFromBalance(orderId, 'zhangsan');
  expect(await wecom.getPaymentResult(payment.jobId)).toEqual({ state: 'running' });
  await rig.advance('1m');
  expect(await wecom.getPaymentResult(payment.jobId)).toEqual({ state: 'paid' });
  const { priceFen } = await wecom.getOrder(orderId);
  expect(await wecom.getBalanceFen()).toBe(beforeFen - (priceFen ?? 0));
  expect((await wecom.listRenewedAccounts(orderId, null)).items).toEqual([members[0]]);
  const again = await wecom.addToRenewalJob(corpId, members.slice(0, 1), null);
  const toDate = { expiresAtMs: START_MS + 900 * DAY_MS };
  const renewal = await wecom.submitRenewalJob(again.jobId, 'zhangsan', toDate);
  expect((await wecom.getOrder(renewal.orderId)).renewsToMs).toBeGreaterThanOrEqual(toDate.expiresAtMs);
});

test('one order for several corps', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corps = [await rig.newCorp(), await rig.newCorp()];
  const purchases = corps.map(({ corpId }) => ({
    corpId,
    baseCount: 2,
    externalContactCount: 0,
    months: 12,
    autoActivation: true,
  }));
  const job = await wecom.addToMultiCorpJob(purchases.slice(0, 1), null);
  expect(await wecom.addToMultiCorpJob(purchases.slice(1), job.jobId)).toEqual({ jobId: job.jobId, refused: [] });
  await wecom.submitMultiCorpJob(job.jobId, 'zhangsan');
  expect(await wecom.getMultiCorpResult(job.jobId)).toEqual({ state: 'running' });
  await rig.advance('1m');
  const result = await wecom.getMultiCorpResult(job.jobId);
  if (result.state !== 'done') throw new Error(`the job is ${result.state}`);
  const { order, parts } = await wecom.getMultiCorpOrder(result.orderId, null);
  expect(order).toMatchObject({ orderId: result.orderId, status: 0 });
  expect(parts.items.map(({ corpId }) => corpId)).toEqual(corps.map(({ corpId }) => corpId));
  const listed = await wecom.listOrders(null, START_MS - DAY_MS, START_MS + DAY_MS, null);
  expect(listed.items).toEqual([{ orderId: result.orderId, type: 8 }]);
  await wecom.cancelOrder(result.orderId, null);
});

test('sending a card, changing it and taking it back', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corp = await rig.newCorp();
  const ref = refOf(corp, 'third_party');
  const url = `${rig.app.url}/licence`;
  const toUserIds = [userOf(corp, 0), 'woNobody'];
  const buttons = [{ text: '现在续期', key: 'renew_now' }];
  const card = { kind: 'buttons', title: '名额将到期', buttons, taskId: 'expiry-1', url } as const;
  const sent = await wecom.sendMessage(ref, { toUserIds, card });
  expect(sent).toMatchObject({ invalidUserIds: ['woNobody'], unlicensedUserIds: [], reachedNobody: false });
  const change = {
    responseCode: sent.responseCode ?? '',
    userIds: toUserIds.slice(0, 1),
    to: { buttonText: '已处理' },
  };
  expect(await wecom.changeCard(ref, change)).toEqual({ missedUserIds: [] });
  await wecom.recallMessage(ref, sent.messageId ?? '');
  const textCard = { kind: 'text_card', title: '名额将到期', description: '还有 7 天', url } as const;
  await wecom.sendMessage(ref, { toUserIds: toUserIds.slice(0, 1), card: textCard, onceWithinSeconds: 60 });
});

test('uploading a file for the corp and sending it, and one in the provider’s name', async () => {
  const wecom = await connect(THIRD_PARTY_SUITE);
  const corp = await rig.newCorp();
  const ref = refOf(corp, 'third_party');
  const toUserIds = [userOf(corp, 0)];
  const file = { type: 'file', name: '名单.csv', bytes: Buffer.from('userid\nwoA') } as const;
  const { mediaId } = await wecom.uploadMedia(ref, file);
  await wecom.sendMessage(ref, { toUserIds, media: { kind: 'file', mediaId } });
  const picture = { type: 'image', name: '二维码.png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') } as const;
  const uploaded = await wecom.uploadMedia(ref, picture);
  await wecom.sendMessage(ref, { toUserIds, media: { kind: 'image', mediaId: uploaded.mediaId } });
  await wecom.uploadProviderMedia(file);
});

test('every call the client makes was answered by the sandbox on the way', () => {
  const used = WIRE.filter(({ endedWith, unused }) => unused === undefined && endedWith === undefined);
  expect(used.map(({ path }) => path).filter((path) => !walked.has(path))).toEqual([]);
});

test.each(WIRE.map((endpoint) => [endpoint.name, endpoint] as const))(
  '%s: the sandbox has it, and refuses it without its credential as described',
  async (_, { asks, encoding, method, path, request, token }) => {
    const json = { body: JSON.stringify(asks[0]), headers: { 'content-type': 'application/json' } };
    const body = encoding === 'form' ? { body: buildForm({ ...asks[0] }) } : json;
    const url = new URL(path, rig.sandbox.origin);
    if (!request) url.search = new URLSearchParams({ ...asks[0] }).toString();
    const response = await fetch(url, { method, ...(request && body) });
    const answer = (await response.json()) as { errcode: number };
    expect(response.status).toBe(200);
    expect(judgeAnswer(path, answer)).toEqual([]);
    if (token) expect(answer.errcode).toBe(token.kind === 'suite' ? 41_022 : 41_001);
  },
);

test.each(WIRE.flatMap((endpoint) => (endpoint.endedWith ? [[endpoint.name, endpoint] as const] : [])))(
  '%s: what it was for has ended, and the sandbox says so',
  async (name, { asks, endedWith }) => {
    const corp = await rig.newCorp();
    const query = { provider_access_token: await rig.providerToken() };
    const answer = await rig.wire(name, query, { ...asks[0], corpid: corp.corpId });
    expect(answer.errcode).toBe(endedWith);
  },
);
