import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createSealer } from '../../../server/crypto/seal';
import { randomIds } from '../../../server/ids';
import { createMetrics } from '../../../server/metrics';
import { openStore, type Store } from '../../../server/store/store';
import { findToken } from '../../../server/store/tokens';
import type { CorpRef } from '../../../server/wecom/client';
import { createWecomRequest } from '../../../server/wecom/request';
import { createTokenKeeper, type TokenKeeper } from '../../../server/wecom/tokens';
import { settableClock, type SettableClock } from '../../support/app';
import { startScriptedWecom, type Answer, type Heard, type ScriptedWecom } from '../../support/scripted-wecom';

const SUITE = { id: 'wwsuite1', secret: 'suite-secret' };
const LOGIN_SUITE = { id: 'wwlogin1', secret: 'login-secret' };
const SUITE_TOKEN = '/cgi-bin/service/get_suite_token';
const PROVIDER_TOKEN = '/cgi-bin/service/get_provider_token';
const CORP_TOKEN = '/cgi-bin/service/get_corp_token';
const START_MS = 1_767_225_600_000;
const SECOND = 1000;
const MINUTE = 60_000;
const corp: CorpRef = { corpId: 'wp1', kind: 'third_party', agentId: '1000002', permanentCode: 'perm-1' };
const sealer = createSealer([Buffer.alloc(32, 7)]);
const fault = (fields: object) => expect.objectContaining(fields) as unknown as Error;

let folder = '';
let store: Store;
let clock: SettableClock;
let wecom: ScriptedWecom;
let script: (heard: Heard) => Answer | Promise<Answer> | null;

/** WeCom as it should be: every token asked for is a new one. */
function issue({ path }: Heard): Answer {
  const number = wecom.count(path);
  if (path === SUITE_TOKEN) return { suite_access_token: `suite-${number}`, expires_in: 7200 };
  if (path === PROVIDER_TOKEN) return { provider_access_token: `provider-${number}`, expires_in: 7200 };
  if (path === CORP_TOKEN || path === '/cgi-bin/gettoken') return { access_token: `corp-${number}`, expires_in: 7200 };
  return { ticket: `ticket-${number}`, expires_in: 7200 };
}

/** An instance of the server, as far as credentials go. */
function createInstance(): TokenKeeper {
  const log = pino({ level: 'silent' });
  const request = createWecomRequest({ apiOrigin: wecom.origin, clock, log, metrics: createMetrics() });
  const config = {
    suite: SUITE,
    loginSuite: LOGIN_SUITE,
    provider: { corpId: 'wwprovider', secret: 'provider-secret' },
  };
  return createTokenKeeper({ config, clock, ids: randomIds, sealer, store, request });
}

const echo = async (token: string) => token;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  store = await openStore(folder);
  clock = settableClock(START_MS);
  script = () => null;
  wecom = await startScriptedWecom(async (heard) => (await script(heard)) ?? issue(heard));
});

afterEach(async () => {
  await wecom.close();
  await store.close();
  await rm(folder, { recursive: true });
});

test('any number of callers on two instances make one get_provider_token call', async () => {
  const slow = async (heard: Heard) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return issue(heard);
  };
  script = slow;
  const [one, other] = [createInstance(), createInstance()];
  const callers = Array.from({ length: 20 }, () => [one.withProviderToken(echo), other.withProviderToken(echo)]);
  const tokens = await Promise.all(callers.flat());
  expect(new Set(tokens)).toEqual(new Set(['provider-1']));
  expect(wecom.count(PROVIDER_TOKEN)).toBe(1);
});

test('a token is kept sealed, outlives the process, and is renewed five minutes early', async () => {
  expect(await createInstance().withProviderToken(echo)).toBe('provider-1');
  expect((await findToken(store.db, 'provider:wwprovider'))?.value_sealed).not.toContain('provider-1');
  clock.advance(7200 * SECOND - 5 * MINUTE - 1);
  expect(await createInstance().withProviderToken(echo)).toBe('provider-1');
  clock.advance(1);
  expect(await createInstance().withProviderToken(echo)).toBe('provider-2');
});

test('while one instance renews, another goes on with the token that still lives', async () => {
  await createInstance().withProviderToken(echo);
  clock.advance(7200 * SECOND - MINUTE);
  let release = () => {};
  script = (heard) => new Promise((resolve) => (release = () => resolve(issue(heard))));
  const renewing = createInstance().withProviderToken(echo);
  while (wecom.count(PROVIDER_TOKEN) < 2) await new Promise(setImmediate);
  expect(await createInstance().withProviderToken(echo)).toBe('provider-1');
  release();
  expect(await renewing).toBe('provider-2');
});

test('a renewal that fails leaves the next caller free to try', async () => {
  const keeper = createInstance();
  script = () => ({ errcode: 50003 });
  await expect(keeper.withProviderToken(echo)).rejects.toEqual(fault({ errcode: 50003 }));
  script = () => null;
  await expect(keeper.withProviderToken(echo)).resolves.toBe('provider-2');
});

test('a wrong secret is not repeated for half a minute, so that WeCom does not block us', async () => {
  const keeper = createInstance();
  script = () => ({ errcode: 40001 });
  for (let times = 0; times < 3; times += 1) {
    await expect(keeper.withProviderToken(echo)).rejects.toEqual(fault({ errcode: 40001 }));
  }
  expect(wecom.count(PROVIDER_TOKEN)).toBe(1);
  clock.advance(30_001);
  script = () => null;
  await expect(keeper.withProviderToken(echo)).resolves.toBe('provider-2');
});

test('scan login uses the token of its own suite, from its own ticket', async () => {
  const keeper = createInstance();
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-app', START_MS);
  await keeper.saveSuiteTicket(LOGIN_SUITE.id, 'ticket-login', START_MS);
  await keeper.withLoginSuiteToken(echo);
  await keeper.withSuiteToken(echo);
  expect(wecom.heard.map(({ body }) => body)).toEqual([
    { suite_id: 'wwlogin1', suite_secret: 'login-secret', suite_ticket: 'ticket-login' },
    { suite_id: 'wwsuite1', suite_secret: 'suite-secret', suite_ticket: 'ticket-app' },
  ]);
});

test('a lease of a process that died is taken over when its time is up', async () => {
  const dead = { lease_owner: 'dead', lease_until_ms: START_MS + 5 * SECOND };
  await store.db
    .insertInto('tokens')
    .values({ key: 'provider:wwprovider', value_sealed: null, expires_at_ms: 0, ...dead })
    .execute();
  const asked = createInstance().withProviderToken(echo);
  await new Promise(setImmediate);
  expect(wecom.heard).toHaveLength(0);
  clock.advance(5 * SECOND);
  expect(await asked).toBe('provider-1');
});

test.each([40014, 42001, 42009, 40082])('%d drops the token and tries once more', async (errcode) => {
  const keeper = createInstance();
  const { WecomError } = await import('../../../server/errors');
  const seen: string[] = [];
  const answer = await keeper.withProviderToken(async (token) => {
    seen.push(token);
    if (seen.length === 1) throw new WecomError(errcode, '');
    return token;
  });
  expect(answer).toBe('provider-2');
  expect(seen).toEqual(['provider-1', 'provider-2']);
  const stubborn = keeper.withProviderToken(() => Promise.reject(new WecomError(errcode, '')));
  await expect(stubborn).rejects.toEqual(fault({ errcode }));
  expect(wecom.count(PROVIDER_TOKEN)).toBe(3);
});

test('other refusals are not tried again', async () => {
  const { WecomError } = await import('../../../server/errors');
  let calls = 0;
  const call = () => Promise.reject(new WecomError(60011, `${(calls += 1)}`));
  await expect(createInstance().withProviderToken(call)).rejects.toEqual(fault({ errcode: 60011 }));
  expect(calls).toBe(1);
});

test('callers who all hold the same stale token renew it once, and none drops the newer one', async () => {
  const keeper = createInstance();
  await keeper.withProviderToken(echo);
  const { WecomError } = await import('../../../server/errors');
  const call = async (token: string) => {
    if (token === 'provider-1') throw new WecomError(40014, '');
    return token;
  };
  const tokens = await Promise.all(Array.from({ length: 20 }, () => keeper.withProviderToken(call)));
  expect(new Set(tokens)).toEqual(new Set(['provider-2']));
  expect(wecom.count(PROVIDER_TOKEN)).toBe(2);
});

test('the suite token is asked for with the newest ticket, whatever order the pushes came in', async () => {
  const keeper = createInstance();
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-new', START_MS);
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-late', START_MS - 10 * MINUTE);
  await keeper.withSuiteToken(echo);
  expect(wecom.heard[0]?.body).toEqual({
    suite_id: 'wwsuite1',
    suite_secret: 'suite-secret',
    suite_ticket: 'ticket-new',
  });
});

test('a ticket survives a restart for its thirty minutes and not longer', async () => {
  await createInstance().saveSuiteTicket(SUITE.id, 'ticket-1', START_MS);
  clock.advance(30 * MINUTE - 1);
  await expect(createInstance().withSuiteToken(echo)).resolves.toBe('suite-1');
  await expect(createInstance().suiteTicketAgeMs()).resolves.toBe(30 * MINUTE - 1);
  clock.advance(3 * 3600 * SECOND);
  await expect(createInstance().withSuiteToken(echo)).rejects.toEqual(fault({ code: 'wecom.no_suite_ticket' }));
  expect(wecom.count(SUITE_TOKEN)).toBe(1);
});

test('no ticket yet, or one that WeCom no longer takes, says so', async () => {
  const keeper = createInstance();
  expect(await keeper.suiteTicketAgeMs()).toBeNull();
  await expect(keeper.withSuiteToken(echo)).rejects.toEqual(fault({ code: 'wecom.no_suite_ticket' }));
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-1', START_MS);
  script = () => ({ errcode: 40085 });
  await expect(keeper.withSuiteToken(echo)).rejects.toEqual(fault({ code: 'wecom.no_suite_ticket' }));
});

test('a corp token comes by get_corp_token, a custom app by gettoken, each under its own corp', async () => {
  const keeper = createInstance();
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-1', START_MS);
  await keeper.withCorpToken(corp, echo);
  await keeper.withCorpToken({ ...corp, corpId: 'wp2', kind: 'custom' }, echo);
  await keeper.withCorpToken(corp, echo);
  expect(wecom.heard.slice(1)).toEqual([
    expect.objectContaining({ path: CORP_TOKEN, body: { auth_corpid: 'wp1', permanent_code: 'perm-1' } }),
    expect.objectContaining({ path: '/cgi-bin/gettoken', query: { corpid: 'wp2', corpsecret: 'perm-1' } }),
  ]);
});

test('a stale suite token under a corp token is renewed on the way', async () => {
  const keeper = createInstance();
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-1', START_MS);
  script = (heard) =>
    heard.path === CORP_TOKEN && heard.query['suite_access_token'] === 'suite-1' ? { errcode: 40082 } : null;
  await expect(keeper.withCorpToken(corp, echo)).resolves.toBe('corp-2');
  expect(wecom.count(SUITE_TOKEN)).toBe(2);
});

test('the tickets of corp and app are two, both cached and both forgotten with the corp', async () => {
  const keeper = createInstance();
  await keeper.saveSuiteTicket(SUITE.id, 'ticket-1', START_MS);
  const read = async () => [await keeper.jsTicket(corp, 'corp'), await keeper.jsTicket(corp, 'agent')];
  const before = await read();
  expect(await read()).toEqual(before);
  expect(wecom.count('/cgi-bin/get_jsapi_ticket')).toBe(1);
  expect(wecom.count('/cgi-bin/ticket/get')).toBe(1);
  await keeper.forgetCorp(corp.corpId);
  await read();
  expect(wecom.count(CORP_TOKEN)).toBe(2);
  expect(wecom.count('/cgi-bin/get_jsapi_ticket')).toBe(2);
});
