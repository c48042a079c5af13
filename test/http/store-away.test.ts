import { createLog } from '../../server/log';
import { openInTime, StartError } from '../../server/store/open-in-time';
import { THIRD_PARTY_SUITE } from '../../sandbox/credentials';
import { logIn, type ApiClient } from '../support/api-client';
import { plainPages } from '../support/plain-pages';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { envelopeXml, sealCallback } from '../support/seal-callback';
import { waitFor } from '../support/wait-for';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let postgres: TestPostgres;
let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  postgres = await startPostgres({ own: true });
  world = await startWorld({ env: { DATABASE_URL: postgres.url }, given: { pages: plainPages } });
  corp = await world.corp({ members: ['林一', '周二', '陈三'] });
  await world.settled();
}, 60_000);
afterAll(async () => {
  await world.close();
  await postgres.stop();
});

const member = (nth: number) => logIn(world, { corpId: corp.corpId, userId: corp.members[nth]?.userId ?? '' });
const ready = async () => (await fetch(`${world.origin}/readyz`)).status;
const page = { accept: 'text/html' };

let sent = 0;

/** Sends one more callback; its number when it was acknowledged. */
async function sendCallback(): Promise<number | null> {
  const nth = (sent += 1);
  const { callbackAesKey, callbackToken, suiteId } = THIRD_PARTY_SUITE;
  const secrets = { token: callbackToken, encodingAesKey: callbackAesKey };
  const nowMs = world.sandbox.clock.now();
  const xml = `<xml><SuiteId><![CDATA[${suiteId}]]></SuiteId><AuthCorpId><![CDATA[wpChaos${nth}]]></AuthCorpId><InfoType><![CDATA[change_auth]]></InfoType><TimeStamp>${Math.floor(nowMs / 1000)}</TimeStamp></xml>`;
  const { encrypted, nonce, signature, timestamp } = sealCallback(secrets, xml, suiteId, nowMs);
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  const init = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: envelopeXml(encrypted) };
  const answer = await fetch(`${world.origin}/wecom/command?${query}`, init);
  return answer.status === 200 && (await answer.text()) === 'success' ? nth : null;
}

/** Does something over and over until it is told to end; gives back what came of each time. */
function keepDoing<T>(what: () => Promise<T>): () => Promise<T[]> {
  let going = true;
  const results: T[] = [];
  const ended = (async () => {
    while (going) {
      results.push(await what());
      await new Promise(setImmediate);
    }
  })();
  return async () => {
    going = false;
    await ended;
    return results;
  };
}

const asked =
  (client: ApiClient, path: string, headers = {}) =>
  async () =>
    (await client.get(path, headers)).status;

test('while PostgreSQL is away known members are answered, and afterwards all goes on by itself', async () => {
  const known = await member(0);
  const opened = await member(1);
  expect((await known.get('/api/verdict')).json()).toMatchObject({ outcome: 'allow', reason: 'trial' });
  expect((await opened.get('/records?from=qr', page)).status).toBe(200);

  const load = {
    verdicts: keepDoing(asked(known, '/api/verdict')),
    pages: keepDoing(asked(opened, '/records?from=card', page)),
    callbacks: keepDoing(sendCallback),
  };
  await waitFor('callbacks to come in', () => sent > 20);
  const comeBack = await postgres.crash();
  await waitFor('the server to notice', async () => (await ready()) === 503);
  // What one process remembers of a visit is good for five seconds; this is beyond it.
  await world.order('clock', { advance: '2m' });
  const before = sent;
  await waitFor('callbacks to be refused for a while', () => sent > before + 20);
  expect((await known.get('/api/verdict')).json()).toMatchObject({ outcome: 'allow', reason: 'trial' });
  // Nobody is made up: who was not known to this process is told to come again.
  expect(
    (await fetch(`${world.origin}/api/verdict`, { headers: { authorization: `Bearer ${'a'.repeat(43)}` } })).status,
  ).toBe(503);
  await comeBack();
  await waitFor('readiness', async () => (await ready()) === 200);
  await waitFor('a callback to be taken again', async () => (await sendCallback()) !== null);

  expect(new Set(await load.verdicts())).toEqual(new Set([200]));
  expect(new Set(await load.pages())).toEqual(new Set([200]));
  const answers = await load.callbacks();
  const acknowledged = answers.filter((nth) => nth !== null);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(acknowledged.length).toBeLessThan(answers.length);
  const rows = await world.deps.store.db
    .selectFrom('inbox')
    .select('corp_id')
    .where('corp_id', 'like', 'wpChaos%')
    .execute();
  const stored = new Set(rows.map((row) => row.corp_id));
  expect(acknowledged.filter((nth) => !stored.has(`wpChaos${nth}`))).toEqual([]);

  // Jobs and news too: a removal is handled, and the member is out.
  const fresh = await member(2);
  expect((await fresh.post('/api/verdict/refresh')).status).toBe(200);
  await world.order('uninstall', { corpId: corp.corpId });
  await waitFor('the removal to be handled', async () => (await known.get('/api/verdict')).status === 401, 20_000);
}, 60_000);

test('facts that got too old while PostgreSQL is away let in with a notice, and after the grace time no more', async () => {
  const away = await startPostgres({ own: true });
  const other = await startWorld({ env: { DATABASE_URL: away.url }, given: { pages: plainPages } });
  const own = await other.corp();
  await other.settled();
  const client = await logIn(other, { corpId: own.corpId, userId: own.members[0]?.userId ?? '' });
  // The first reading of a corp is news by itself; from the second on its facts stand.
  for (let nth = 0; nth < 2; nth += 1)
    expect((await client.get('/api/verdict')).json()).toMatchObject({ reason: 'trial' });
  const comeBack = await away.crash();
  await waitFor('the store to be away', async () => (await fetch(`${other.origin}/readyz`)).status === 503);
  await other.order('clock', { advance: '1h' });
  expect((await client.get('/api/verdict')).json()).toMatchObject({ outcome: 'warn', reason: 'stale_facts' });
  await other.order('clock', { advance: '24h' });
  expect((await client.get('/api/verdict')).status).toBe(503);
  await comeBack();
  await waitFor('the verdict', async () => (await client.get('/api/verdict')).status === 200);
  await other.close();
  await away.stop();
}, 60_000);

test('a start without a reachable store ends with one line that says what to do, and no password in it', async () => {
  const url = 'postgres://nobody:geheim@127.0.0.1:9/none';
  const away = openInTime(url, {}, { log: createLog('silent'), withinMs: 1000 });
  const fault: unknown = await away.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(StartError);
  expect(String(fault)).toMatch(/ECONNREFUSED.*DATABASE_URL.*doctor/);
  expect(String(fault)).not.toContain('geheim');
  const missing = new URL(postgres.url);
  missing.pathname = '/no_such_database';
  await expect(openInTime(missing.toString(), {}, { log: createLog('silent') })).rejects.toThrow('does not exist');
});

test('a store that comes up a little later is waited for', async () => {
  const late = await startPostgres({ own: true });
  const comeBack = await late.crash();
  const opening = openInTime(late.url, {}, { log: createLog('silent') });
  await comeBack();
  await (await opening).close();
  await late.stop();
});
