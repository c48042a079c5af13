import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createSandbox, type Sandbox } from '../../../sandbox/create-sandbox';
import { CUSTOM_SUITE, THIRD_PARTY_SUITE, type SuiteCredentials } from '../../../sandbox/credentials';
import { decryptMessage } from '../../../server/callbacks/crypto';
import { parseEvent, type CallbackEvent } from '../../../server/callbacks/events';
import { parseXml } from '../../../server/callbacks/parse-xml';
import { createSealer } from '../../../server/crypto/seal';
import { randomIds } from '../../../server/ids';
import { createMetrics } from '../../../server/metrics';
import { openStore, type Store } from '../../../server/store/store';
import type { CorpRef, Wecom } from '../../../server/wecom/client';
import { createWecom } from '../../../server/wecom/create-wecom';
import { createWecomRequest } from '../../../server/wecom/request';
import { createTokenKeeper, type TokenKeeper } from '../../../server/wecom/tokens';

const START_MS = 1_767_225_600_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;

let ear: Server;
let heard: CallbackEvent[] = [];
let sandbox: Sandbox;
let store: Store;
let folder = '';

/** Whatever the sandbox sends, opened with either suite's key. */
function listen(): Promise<string> {
  ear = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { Encrypt } = parseXml(Buffer.concat(chunks).toString('utf8'));
      const suite = request.url?.startsWith('/custom') ? CUSTOM_SUITE : THIRD_PARTY_SUITE;
      const { message } = decryptMessage(Buffer.from(`${suite.callbackAesKey}=`, 'base64'), String(Encrypt));
      const xml = parseXml(message);
      heard.push(parseEvent(String(xml['InfoType'] ?? xml['Event']), xml));
      response.end('success');
    });
  });
  return new Promise((resolve) => {
    ear.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(ear.address() as AddressInfo).port}`));
  });
}

async function control<T = unknown>(path: string, body: object = {}): Promise<T> {
  const response = await fetch(`${sandbox.origin}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  await sandbox.callbacksSettled();
  return answer;
}

function last<T extends CallbackEvent['type']>(type: T): Extract<CallbackEvent, { type: T }> {
  const event = heard.findLast((one) => one.type === type);
  if (!event) throw new Error(`no ${type} was heard`);
  return event as Extract<CallbackEvent, { type: T }>;
}

async function connect(suite: SuiteCredentials): Promise<{ wecom: Wecom; tokens: TokenKeeper }> {
  const log = pino({ level: 'silent' });
  const own = { id: suite.suiteId, secret: suite.secret };
  const config = { suite: own, loginSuite: own, provider: suite.provider };
  const { clock } = sandbox;
  const request = createWecomRequest({ apiOrigin: sandbox.origin, clock, log, metrics: createMetrics() });
  const sealer = createSealer([Buffer.alloc(32, 7)]);
  const tokens = createTokenKeeper({ config, clock, ids: randomIds, sealer, store, request });
  await control('suite-ticket', { suiteId: suite.suiteId });
  const { atMs, suiteId, ticket } = last('suite_ticket');
  await tokens.saveSuiteTicket(suiteId, ticket, atMs);
  return { wecom: createWecom({ clock, config, request, tokens }), tokens };
}

type Corp = { corpId: string; members: { userId: string; admin: boolean }[] };

/** A corp that has just installed the app, and what a call needs to speak for it. */
async function install(wecom: Wecom, kind: CorpRef['kind']) {
  const corp = await control<Corp>('corps', { name: '云杉制造', kind });
  await control('install', { corpId: corp.corpId });
  const authorisation = await wecom.getPermanentCode(last('create_auth').authCode);
  const ref: CorpRef = { ...authorisation, permanentCode: authorisation.permanentCode };
  const admin = corp.members.find((member) => member.admin)?.userId ?? '';
  const member = corp.members.find((one) => !one.admin)?.userId ?? '';
  return { corp, authorisation, ref, admin, member };
}

beforeEach(async () => {
  heard = [];
  folder = await mkdtemp(join(tmpdir(), 'wecom-'));
  store = await openStore(folder);
  const appUrl = await listen();
  const customAppUrl = `${appUrl}/custom`;
  sandbox = await createSandbox({ appUrl, customAppUrl, startAtMs: START_MS, samples: false, tick: false });
});

afterEach(async () => {
  await sandbox.close();
  ear.closeAllConnections();
  await new Promise((resolve) => ear.close(resolve));
  await store.close();
  await rm(folder, { recursive: true });
});

test('a third-party app is installed, read again, and gone after its removal', async () => {
  const { wecom } = await connect(THIRD_PARTY_SUITE);
  expect(await wecom.getPreAuthCode()).toMatch(/.+/);
  const { admin, authorisation, corp, ref } = await install(wecom, 'third_party');
  expect(authorisation).toMatchObject({ corpId: corp.corpId, corpName: '云杉制造', kind: 'third_party' });
  expect(authorisation.agentId).toMatch(/^\d+$/);
  expect(JSON.parse(authorisation.privilegeJson ?? '')).toMatchObject({ allow_party: [1] });
  expect(await wecom.getAuthInfo(ref)).toMatchObject({ corpId: corp.corpId, agentId: authorisation.agentId });
  expect(await wecom.getAdminList(ref)).toContainEqual({ userId: admin, authType: 1 });
  expect(await wecom.getJsTicket(ref, 'corp')).not.toBe(await wecom.getJsTicket(ref, 'agent'));
  await expect(wecom.getPermanentCode(last('create_auth').authCode)).rejects.toEqual(fault({ errcode: 40078 }));
  await control('uninstall', { corpId: corp.corpId });
  expect(last('cancel_auth').corpId).toBe(corp.corpId);
  await expect(wecom.getAuthInfo(ref)).rejects.toEqual(fault({ code: 'wecom.not_authorised' }));
});

test('where v2 is not known, v1 is asked', async () => {
  const { wecom } = await connect(THIRD_PARTY_SUITE);
  await control('faults', { endpoint: '/cgi-bin/service/v2/*', kind: 'errcode', errcode: 40066 });
  const { ref } = await install(wecom, 'third_party');
  expect(await wecom.getAuthInfo(ref)).toMatchObject({ corpId: ref.corpId });
});

test('a custom app uses its permanent code as secret, and a reset one as well', async () => {
  const { wecom, tokens } = await connect(CUSTOM_SUITE);
  const { admin, corp, ref } = await install(wecom, 'custom');
  expect(ref.kind).toBe('custom');
  expect(await wecom.getAdminList(ref)).toContainEqual({ userId: admin, authType: 1 });
  await control('reset-permanent-code', { corpId: corp.corpId });
  await tokens.forgetCorp(corp.corpId);
  await expect(wecom.getAdminList(ref)).rejects.toEqual(fault({ code: expect.stringMatching(/^wecom\./) as string }));
  const renewed = await wecom.getPermanentCode(last('reset_permanent_code').authCode);
  expect(renewed.permanentCode).not.toBe(ref.permanentCode);
  await tokens.forgetCorp(corp.corpId);
  expect(await wecom.getAdminList({ ...ref, permanentCode: renewed.permanentCode })).toHaveLength(1);
});

test('a file is uploaded and sent, and after three days has to be uploaded again', async () => {
  const { wecom, tokens } = await connect(THIRD_PARTY_SUITE);
  const { member, ref } = await install(wecom, 'third_party');
  const bytes = Buffer.from('userid\nwoA\n');
  const { expiresAtMs, mediaId } = await wecom.uploadMedia(ref, { type: 'file', name: '名单 1月.csv', bytes });
  expect(expiresAtMs).toBe(START_MS + 3 * DAY);
  const message = (id: string) => ({ toUserIds: [member], media: { kind: 'file' as const, mediaId: id } });
  const { messageId } = await wecom.sendMessage(ref, message(mediaId));
  const outbox = await (await fetch(`${sandbox.origin}/sandbox/messages`)).json();
  expect(outbox).toEqual({
    messages: [
      expect.objectContaining({
        msgId: messageId,
        msgType: 'file',
        title: '名单 1月.csv',
        content: { media_id: mediaId },
        toUserIds: [member],
      }),
    ],
  });
  await control('clock', { now: expiresAtMs });
  const { atMs, suiteId, ticket } = last('suite_ticket');
  await tokens.saveSuiteTicket(suiteId, ticket, atMs);
  await expect(wecom.sendMessage(ref, message(mediaId))).rejects.toEqual(
    fault({ errcode: 40007, code: 'wecom.invalid' }),
  );
  const again = await wecom.uploadMedia(ref, { type: 'file', name: '名单 1月.csv', bytes });
  await wecom.sendMessage(ref, message(again.mediaId));
});

test('trial, orders, codes and seats are read in our words and units', async () => {
  const { wecom } = await connect(THIRD_PARTY_SUITE);
  const { corp, member } = await install(wecom, 'third_party');
  const { corpId } = corp;
  const licence = await wecom.getAppLicence(corpId);
  expect(licence).toMatchObject({ checking: true, trial: { startsAtMs: START_MS, endsAtMs: START_MS + 90 * DAY } });
  expect(await wecom.getAutoActivation(corpId)).toEqual({ on: false, everPaid: false });
  await expect(wecom.setAutoActivation(corpId, true)).rejects.toEqual(fault({ errcode: 701071 }));
  expect(await wecom.getActiveInfoByUser(corpId, member)).toEqual([]);

  const { orderId } = await control<{ orderId: string }>('orders', { corpId, base: 2, externalContact: 1, months: 12 });
  await control(`orders/${orderId}/pay`, { generateSeconds: 60 });
  await expect(wecom.listOrderCodes(orderId, null)).rejects.toEqual(fault({ errcode: 701022 }));
  await control('clock', { advance: '61s' });
  expect(last('license_pay_success')).toMatchObject({ corpId, orderId });
  const orders = await wecom.listOrders(corpId, START_MS - DAY, START_MS + DAY, null);
  expect(orders).toEqual({ items: [{ orderId, type: 1 }], nextCursor: null });
  const order = {
    orderId,
    corpId,
    status: 1,
    baseCount: 2,
    externalContactCount: 1,
    months: 12,
    createdAtMs: START_MS,
  };
  expect(await wecom.getOrder(orderId)).toMatchObject(order);
  const listed = await wecom.listOrderCodes(orderId, null);
  expect(listed.items.map(({ type }) => type).sort()).toEqual(['base', 'base', 'external_contact']);

  await wecom.setAutoActivation(corpId, true);
  expect(await wecom.getAutoActivation(corpId)).toEqual({ on: true, everPaid: true });
  await wecom.activateByType(corpId, member, 'base');
  const nowMs = Math.floor(sandbox.clock.now() / 1000) * 1000;
  const [seat] = await wecom.getActiveInfoByUser(corpId, member);
  expect(seat).toMatchObject({ type: 'base', activeAtMs: nowMs, expiresAtMs: nowMs + 372 * DAY });
  const codes = await wecom.getCodes(
    corpId,
    listed.items.map(({ code }) => code),
  );
  expect(codes.filter(({ userId }) => userId === member)).toEqual([
    expect.objectContaining({ status: 2, type: 'base' }),
  ]);
  expect(codes.filter(({ status, userId }) => status === 1 && userId === null)).toHaveLength(2);
  const accounts = await wecom.listActivatedAccounts(corpId, null);
  expect(accounts).toEqual({ items: [expect.objectContaining({ userId: member, type: 'base' })], nextCursor: null });
  await expect(wecom.activateByType(corpId, member, 'base')).rejects.toEqual(fault({ code: 'licence.seat_held' }));
});
