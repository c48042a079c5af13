import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCorp } from '../../server/store/corps';
import { findToken } from '../../server/store/tokens';
import { settableClock, startApp, testEnv, type SettableClock, type TestApp } from '../support/app';
import {
  buildSignature,
  encryptCallback,
  envelopeXml,
  sealCallback,
  type SealedCallback,
} from '../support/seal-callback';
import { startScriptedWecom } from '../support/scripted-wecom';
import { waitFor } from '../support/wait-for';

const env = testEnv();
const SUITE = env['WECOM_SUITE_ID'] ?? '';
const PROVIDER = env['WECOM_PROVIDER_CORP_ID'] ?? '';
const SECRETS = { token: env['WECOM_CALLBACK_TOKEN'] ?? '', encodingAesKey: env['WECOM_CALLBACK_AES_KEY'] ?? '' };
const NOW_MS = 1_767_225_600_000;

let app: TestApp;
let clock: SettableClock;

beforeEach(async () => {
  clock = settableClock(NOW_MS);
  app = await startApp({ given: { clock } });
});
afterEach(() => app.stop());

const ticketXml = (ticket: string, seconds = NOW_MS / 1000, suite = SUITE) =>
  `<xml><SuiteId><![CDATA[${suite}]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType><TimeStamp>${seconds}</TimeStamp><SuiteTicket><![CDATA[${ticket}]]></SuiteTicket></xml>`;
const eventXml = (corpId: string, event: string) =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[wo1]]></FromUserName><CreateTime>${NOW_MS / 1000}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${event}]]></Event><AgentID>1000002</AgentID></xml>`;
const licenceXml = (infoType: string) =>
  `<xml><ServiceCorpId><![CDATA[${PROVIDER}]]></ServiceCorpId><InfoType><![CDATA[${infoType}]]></InfoType><AuthCorpId>wp1</AuthCorpId><TimeStamp>${NOW_MS / 1000}</TimeStamp></xml>`;

function query(sealed: SealedCallback, more: Record<string, string> = {}): string {
  const { nonce, signature, timestamp } = sealed;
  return new URLSearchParams({ msg_signature: signature, timestamp, nonce, ...more }).toString();
}

async function post(channel: string, sealed: SealedCallback, body = envelopeXml(sealed.encrypted)) {
  const url = `${app.origin}/wecom/${channel}?${query(sealed)}`;
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  return { status: response.status, text: await response.text() };
}

const seal = (xml: string, receiveId: string, atMs = NOW_MS) => sealCallback(SECRETS, xml, receiveId, atMs);
const authXml = (code: string) =>
  `<xml><SuiteId><![CDATA[${SUITE}]]></SuiteId><AuthCode><![CDATA[${code}]]></AuthCode><InfoType><![CDATA[create_auth]]></InfoType><TimeStamp>${NOW_MS / 1000}</TimeStamp></xml>`;

/** A stored callback as `receive` would have written it. */
function sealedRow(eventKey: string, xml: string) {
  return {
    event_key: eventKey,
    channel: 'command' as const,
    type: 'suite_ticket',
    corp_id: null,
    event_at_ms: NOW_MS,
    body_sealed: app.deps.sealer.seal(xml, eventKey),
    received_at_ms: NOW_MS,
    state: 'new' as const,
    attempts: 1,
    next_attempt_at_ms: NOW_MS,
    lease_until_ms: 0,
    message: null,
  };
}

const inbox = () => app.deps.store.db.selectFrom('inbox').selectAll().execute();
const SUCCESS = { status: 200, text: 'success' };

function expectRefused(answer: { status: number; text: string }, code: string): void {
  expect(answer.text).not.toContain('success');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.text).toContain(code);
}

test('a ticket is stored, answered success, and in use right after', async () => {
  expect(await post('command', seal(ticketXml('tkt-1'), SUITE))).toEqual(SUCCESS);
  await waitFor('the ticket', () => findToken(app.deps.store.db, `suite_ticket:${SUITE}`));
  const [row] = await inbox();
  expect(row).toMatchObject({ channel: 'command', type: 'suite_ticket', event_at_ms: NOW_MS });
  expect(JSON.stringify(row)).not.toContain('tkt-1');
});

test('the same event twice, sealed anew, is stored once and answered success both times', async () => {
  const xml = ticketXml('tkt-1');
  expect(await post('command', seal(xml, SUITE))).toEqual(SUCCESS);
  expect(await post('command', seal(xml, SUITE, NOW_MS + 5000))).toEqual(SUCCESS);
  const many = await Promise.all(Array.from({ length: 10 }, () => post('command', seal(xml, SUITE))));
  expect(many).toEqual(Array.from({ length: 10 }, () => SUCCESS));
  expect(await inbox()).toHaveLength(1);
});

test('each address takes its own receive ids and refuses the others', async () => {
  const taken: [string, string, string][] = [
    ['command', ticketXml('a'), SUITE],
    ['data', eventXml('wp1', 'enter_agent'), 'wp1'],
    ['system', licenceXml('register_corp'), PROVIDER],
    ['command', licenceXml('license_other'), SUITE],
    ['system', licenceXml('license_other'), PROVIDER],
  ];
  for (const [channel, xml, receiveId] of taken) expect(await post(channel, seal(xml, receiveId))).toEqual(SUCCESS);
  const refused: [string, string, string][] = [
    ['command', ticketXml('b'), PROVIDER],
    ['command', ticketXml('b'), 'wwsomeoneelse'],
    ['command', ticketXml('b', NOW_MS / 1000, 'wwothersuite'), SUITE],
    ['data', eventXml('wp1', 'enter_agent'), 'wp2'],
    ['system', licenceXml('register_corp'), SUITE],
    ['system', licenceXml('license_other'), 'wp1'],
  ];
  for (const [channel, xml, receiveId] of refused)
    expectRefused(await post(channel, seal(xml, receiveId)), 'callback.receiver');
  expect(await inbox()).toHaveLength(taken.length);
});

test('saving an address in the console gets exactly the plaintext, for provider and suite', async () => {
  // Long enough that its ciphertext is sure to hold a plus sign in one of the tries.
  for (const [index, receiveId] of [PROVIDER, SUITE, PROVIDER, SUITE, PROVIDER, SUITE].entries()) {
    const plain = `${index}`.repeat(19);
    const sealed = seal(plain, receiveId);
    const url = `${app.origin}/wecom/${['command', 'data', 'system'][index % 3]}`;
    const encoded = await fetch(`${url}?${query(sealed, { echostr: sealed.encrypted })}`);
    expect([encoded.status, await encoded.text()]).toEqual([200, plain]);
    expect(encoded.headers.get('content-type')).toMatch(/^text\/plain/);
    const raw = await fetch(`${url}?${query(sealed)}&echostr=${sealed.encrypted.replaceAll('=', '%3D')}`);
    expect([raw.status, await raw.text()]).toEqual([200, plain]);
    const blank = await fetch(
      `${url}?${query(sealed)}&echostr=${encodeURIComponent(sealed.encrypted.replaceAll('+', ' '))}`,
    );
    expect([blank.status, await blank.text()]).toEqual([200, plain]);
  }
});

test('an individual provider has an empty id: its addresses are saved and its system events taken, nothing else', async () => {
  for (const channel of ['command', 'data', 'system']) {
    const sealed = seal('1234', '');
    const answer = await fetch(`${app.origin}/wecom/${channel}?${query(sealed, { echostr: sealed.encrypted })}`);
    expect([answer.status, await answer.text()]).toEqual([200, '1234']);
  }
  expect(await post('system', seal(licenceXml('license_other'), ''))).toEqual(SUCCESS);
  const refused: [string, string][] = [
    ['command', licenceXml('license_other')],
    ['command', ticketXml('a')],
    ['data', eventXml('wp1', 'enter_agent')],
    ['data', eventXml('', 'enter_agent')],
  ];
  for (const [channel, xml] of refused) expectRefused(await post(channel, seal(xml, '')), 'callback.receiver');
  expect(await inbox()).toHaveLength(1);
});

test('a question that is not for us, or not signed, is not answered', async () => {
  const foreign = seal('1234', 'wwsomeoneelse');
  const answer = await fetch(`${app.origin}/wecom/data?${query(foreign, { echostr: foreign.encrypted })}`);
  expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('callback.receiver')]);
  const ours = seal('1234', PROVIDER);
  const forged = { ...ours, signature: ours.signature.replace(/^./, (char) => (char === '0' ? '1' : '0')) };
  const refused = await fetch(`${app.origin}/wecom/data?${query(forged, { echostr: ours.encrypted })}`);
  expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('callback.signature')]);
});

test('a wrong signature, another nonce or a changed ciphertext is refused, counted, and nothing is stored', async () => {
  const sealed = seal(ticketXml('tkt-1'), SUITE);
  const other = encryptCallback(SECRETS.encodingAesKey, ticketXml('tkt-2'), SUITE);
  for (const forged of [
    { ...sealed, signature: '0'.repeat(40) },
    { ...sealed, signature: '' },
    { ...sealed, nonce: `${sealed.nonce}1` },
    { ...sealed, timestamp: String(Number(sealed.timestamp) + 1) },
    { ...sealed, encrypted: other },
  ])
    expectRefused(await post('command', forged), forged.signature === '' ? 'callback.malformed' : 'callback.signature');
  expect(await inbox()).toHaveLength(0);
  const metrics = await app.deps.metrics.text();
  expect(metrics).toContain('gate_callbacks_total{channel="command",outcome="callback.signature"} 4');
  expect(await post('command', sealed)).toEqual(SUCCESS);
});

test('300 seconds either way are taken, 301 are a replay', async () => {
  for (const seconds of [-300, 300]) {
    const sealed = seal(ticketXml(`t${seconds}`), SUITE, NOW_MS + seconds * 1000);
    expect(await post('command', sealed)).toEqual(SUCCESS);
  }
  for (const seconds of [-301, 301]) {
    const sealed = seal(ticketXml(`t${seconds}`), SUITE, NOW_MS + seconds * 1000);
    expectRefused(await post('command', sealed), 'callback.replay');
  }
  const encrypted = encryptCallback(SECRETS.encodingAesKey, ticketXml('x'), SUITE);
  const signature = buildSignature(SECRETS.token, 'soon', 'n', encrypted);
  expectRefused(await post('command', { timestamp: 'soon', nonce: 'n', encrypted, signature }), 'callback.replay');
  expect(await inbox()).toHaveLength(2);
});

test('what decrypts to nonsense is refused although its signature is right', async () => {
  for (const xml of ['hello', '<xml></xml>', '<xml><A>1</A></xml>', '<!DOCTYPE x><xml><InfoType>a</InfoType></xml>'])
    expectRefused(await post('command', seal(xml, SUITE)), 'callback.malformed');
  const wrongKey = encryptCallback('B'.repeat(43), ticketXml('x'), SUITE);
  const timestamp = String(NOW_MS / 1000);
  const signature = buildSignature(SECRETS.token, timestamp, 'n', wrongKey);
  expectRefused(await post('command', { timestamp, nonce: 'n', encrypted: wrongKey, signature }), 'callback.malformed');
  expect(await inbox()).toHaveLength(0);
});

test('a body that is no envelope, or none at all, is malformed', async () => {
  const sealed = seal(ticketXml('x'), SUITE);
  for (const body of ['', 'x', '<xml><ToUserName>a</ToUserName></xml>', JSON.stringify({ Encrypt: sealed.encrypted })])
    expectRefused(await post('command', sealed, body), 'callback.malformed');
  const bare = await fetch(`${app.origin}/wecom/command`, { method: 'POST', body: envelopeXml(sealed.encrypted) });
  expect(bare.status).toBe(400);
});

test('a body over one megabyte is refused before it is read to its end', async () => {
  const sealed = seal(ticketXml('x'), SUITE);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(`${app.origin}/wecom/command?${query(sealed)}`, { method: 'POST' }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('error', reject);
    request.write(`<xml><Encrypt>${'A'.repeat(1024 * 1024)}`);
  });
  expect(status).toBe(413);
  expect(await inbox()).toHaveLength(0);
});

test('an event nobody acts on is stored, answered and done', async () => {
  expect(
    await post('command', seal(`<xml><SuiteId>${SUITE}</SuiteId><InfoType>brand_new</InfoType></xml>`, SUITE)),
  ).toEqual(SUCCESS);
  expect(await post('data', seal(eventXml('wp9', 'click'), 'wp9'))).toEqual(SUCCESS);
  await waitFor('both to be done', async () => (await inbox()).every((row) => row.state === 'done'));
});

test('an event that cannot be read is given up and stays for a person to look at', async () => {
  const xml = `<xml><SuiteId>${SUITE}</SuiteId><InfoType>create_auth</InfoType><TimeStamp>1</TimeStamp></xml>`;
  expect(await post('command', seal(xml, SUITE))).toEqual(SUCCESS);
  await waitFor('it to be given up', async () => (await inbox()).every((row) => row.state === 'dead'));
  expect(await app.deps.metrics.text()).toContain('gate_callbacks_total{channel="command",outcome="dead"} 1');
});

test('a callback whose process died is taken up again when its lease is over', async () => {
  const lost = sealedRow('left-behind', ticketXml('tkt-9'));
  await app.deps.store.db
    .insertInto('inbox')
    .values({ ...lost, lease_until_ms: NOW_MS + 60_000 })
    .execute();
  clock.advance(60_000);
  const { db } = app.deps.store;
  await waitFor('the sweep to find it', () => findToken(db, `suite_ticket:${SUITE}`));
});

test('what could not be handled before a restart is handled after it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'restart-'));
  const env = { DATABASE_URL: folder, DATA_KEY: Buffer.alloc(32, 5).toString('base64') };
  await app.stop();
  app = await startApp({ env, given: { clock } });
  await post('command', seal(ticketXml('tkt-1'), SUITE));
  expect(await post('command', seal(authXml('code-1'), SUITE))).toEqual(SUCCESS);
  await waitFor('WeCom to be missed', async () => (await inbox()).some((row) => row.message !== null));
  await app.stop();
  const wecom = await startScriptedWecom(({ path }) =>
    path.endsWith('get_suite_token')
      ? { suite_access_token: 't', expires_in: 7200 }
      : { permanent_code: 'p', auth_corp_info: { corpid: 'wp1' }, auth_info: { agent: [{ agentid: 7 }] } },
  );
  app = await startApp({ env: { ...env, WECOM_API_ORIGIN: wecom.origin }, given: { clock } });
  clock.advance(300_000);
  const { db } = app.deps.store;
  const corp = await waitFor('the installation', () => findCorp(db, 'wp1'));
  expect(corp).toMatchObject({ status: 'installed', agent_id: '7', event_at_ms: NOW_MS });
  await wecom.close();
  await app.stop();
  await rm(folder, { recursive: true });
  app = await startApp();
});

test('no ticket and no plaintext reaches the log', async () => {
  await post('command', seal(ticketXml('tkt-secret-1'), SUITE));
  await post('command', seal(ticketXml('tkt-secret-2'), PROVIDER));
  await waitFor('the first to be handled', async () => (await inbox()).every((row) => row.state === 'done'));
  expect(app.logs()).toContain('callback refused');
  expect(app.logs()).not.toMatch(/tkt-secret|msg_signature/);
});
