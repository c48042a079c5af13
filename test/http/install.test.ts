import { findSession, createSession } from '../../server/http/session';
import { exchangeAuthCode } from '../../server/corps/install';
import { openCorp } from '../../server/corps/open-corp';
import { findCorp, listAdmins } from '../../server/store/corps';
import { createBrowser, type Browser } from '../support/browser';
import { waitFor } from '../support/wait-for';
import { startWorld, type World } from '../support/world';

let world: World;
let browser: Browser;

beforeEach(async () => {
  world = await startWorld();
  browser = createBrowser();
  await world.order('suite-ticket', {});
  await waitFor('the first ticket', () => world.deps.tokens.suiteTicketAgeMs().then((age) => age !== null));
});
afterEach(() => world.close());

const rowOf = (corpId: string) => findCorp(world.deps.store.db, corpId);
const statusOf = async (corpId: string) => (await rowOf(corpId))?.status ?? null;

/** As a person would: from /install over the consent page to the address WeCom sends the browser back to. */
async function consent(corpId: string): Promise<string> {
  const begun = await browser.get(`${world.origin}/install`);
  const asked = new URL(begun.location ?? '');
  expect(asked.origin + asked.pathname).toBe(`${world.sandbox.origin}/3rdapp/install`);
  expect(asked.searchParams.get('state')).toMatch(/^[0-9A-Za-z]{16,128}$/);
  const body = new URLSearchParams([...asked.searchParams, ['corp_id', corpId]]);
  const response = await fetch(`${asked.origin}/3rdapp/install/confirm`, { method: 'POST', body, redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

function exchanges(): number {
  return world.sandbox.state.authCodes.filter(({ used }) => used).length;
}

test('an installation from our own link ends on a page that says so, with no code in its address', async () => {
  const { corpId } = await world.corp({ installed: false });
  const done = await browser.open(await consent(corpId));
  expect(done.status).toBe(200);
  expect(done.text).toContain('安装成功');
  expect(done.url).not.toMatch(/auth_code|state=/);
  expect(await statusOf(corpId)).toBe('installed');
  const english = await browser.get(done.url, { 'accept-language': 'en' });
  expect(english.text).toContain('Installed');
  expect(done.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('the code arrives twice and is exchanged once; the permanent code is sealed, admins and samples are there', async () => {
  const { corpId } = await world.corp({ installed: false });
  await browser.open(await consent(corpId));
  await world.settled();
  const { db } = world.deps.store;
  await waitFor('create_auth to be handled', async () => {
    const row = await db.selectFrom('inbox').selectAll().where('type', '=', 'create_auth').executeTakeFirst();
    return row?.state === 'done';
  });
  expect(exchanges()).toBe(1);
  expect(await db.selectFrom('installs').selectAll().execute()).toEqual([
    expect.objectContaining({ state: 'done', corp_id: corpId }),
  ]);
  const corp = await openCorp(world.deps, corpId);
  expect((await rowOf(corpId))?.permanent_code_sealed).not.toContain(corp?.permanentCode);
  expect((await listAdmins(db, corpId)).map(({ auth_type }) => auth_type)).toEqual([1]);
  const records = await db.selectFrom('records').selectAll().where('corp_id', '=', corpId).execute();
  expect(records).toHaveLength(3);
});

test('any number of deliveries at the same moment exchange a code once and all get the corp', async () => {
  const { corpId } = await world.corp({ installed: false });
  world.sandbox.state.suites.forEach((suite) => (suite.commandUrl = 'http://127.0.0.1:9/unreachable'));
  const authCode = new URL(await consent(corpId)).searchParams.get('auth_code') ?? '';
  const nowMs = world.deps.clock.now();
  const all = await Promise.all(Array.from({ length: 8 }, () => exchangeAuthCode(world.deps, authCode, nowMs)));
  expect(all).toEqual(Array.from({ length: 8 }, () => ({ corpId, state: 'installed' })));
  expect(exchanges()).toBe(1);
});

test('going back to a finished installation still says installed; another browser learns nothing and does nothing', async () => {
  const { corpId } = await world.corp({ installed: false });
  const back = await consent(corpId);
  const stranger = await createBrowser().open(back.replace(/auth_code=[^&]+/, 'auth_code=guess'));
  expect(stranger.status).toBe(400);
  expect(stranger.text).toContain('安装没有完成');
  expect((await browser.open(back)).text).toContain('安装成功');
  expect((await browser.open(back)).text).toContain('安装成功');
  expect(exchanges()).toBe(1);
});

test('a code WeCom does not take, a missing code and a made-up result each get their own page', async () => {
  const { corpId } = await world.corp({ installed: false });
  const back = await consent(corpId);
  const used = await browser.open(back.replace(/auth_code=[^&]+/, 'auth_code=wrong'));
  expect([used.status, used.text]).toEqual([409, expect.stringContaining('授权码已失效')]);
  for (const path of ['/install/callback', '/install/callback?result=%3Cscript%3E', '/install/callback?auth_code=x'])
    expect((await browser.open(world.origin + path)).status).toBe(400);
});

test('while WeCom is down the page says so, and the same code works afterwards', async () => {
  const { corpId } = await world.corp({ installed: false });
  world.sandbox.state.suites.forEach((suite) => (suite.commandUrl = 'http://127.0.0.1:9/unreachable'));
  const back = await consent(corpId);
  await world.order('faults', { endpoint: '/cgi-bin/service/*', kind: 'down' });
  const down = await browser.open(back);
  expect([down.status, down.text]).toEqual([503, expect.stringContaining('暂时无法安装')]);
  expect((await browser.open(`${world.origin}/install`)).status).toBe(503);
  await world.order('faults', { clear: true });
  const authCode = new URL(back).searchParams.get('auth_code') ?? '';
  expect(await exchangeAuthCode(world.deps, authCode, world.deps.clock.now())).toEqual({ corpId, state: 'installed' });
});

test('a removal deletes what was kept, ends the sessions, and touches no other corp', async () => {
  const corps = [await world.corp(), await world.corp({ name: '另一家' })] as const;
  const tokens = await Promise.all(
    corps.map(({ corpId, members }) => {
      const userId = members[0]?.userId ?? '';
      const fields = { kind: 'member', client: 'h5', openUserId: null, openId: null, entry: 'workbench' } as const;
      return createSession(world.deps, { ...fields, corpId, userId, loginNamedAgent: false });
    }),
  );
  await world.order('uninstall', { corpId: corps[0].corpId });
  await waitFor('the removal', async () => (await statusOf(corps[0].corpId)) === 'removed');
  const { db } = world.deps.store;
  await waitFor('the session to end', async () => (await findSession(world.deps, tokens[0]?.token ?? '')) === null);
  expect(await openCorp(world.deps, corps[0].corpId)).toBeNull();
  expect(await rowOf(corps[0].corpId)).toMatchObject({
    permanent_code_sealed: null,
    name: null,
    agent_id: expect.any(String) as string,
  });
  for (const table of ['records', 'corp_admins', 'members', 'seats'] as const)
    expect(await db.selectFrom(table).selectAll().where('corp_id', '=', corps[0].corpId).execute()).toEqual([]);
  expect(await findSession(world.deps, tokens[1]?.token ?? '')).toMatchObject({ corpId: corps[1].corpId });
  expect(await statusOf(corps[1].corpId)).toBe('installed');
  expect(await db.selectFrom('records').selectAll().where('corp_id', '=', corps[1].corpId).execute()).toHaveLength(3);
});

test('a removal heard while WeCom is silent shuts the gate, and deletes when WeCom has confirmed it', async () => {
  const { corpId } = await world.corp();
  const { db } = world.deps.store;
  const records = () => db.selectFrom('records').select('id').where('corp_id', '=', corpId).execute();
  await world.order('faults', { endpoint: '/cgi-bin/service/*', kind: 'down' });
  await world.order('uninstall', { corpId });
  await waitFor('the gate to be shut', async () => (await statusOf(corpId)) === 'removed');
  expect(await openCorp(world.deps, corpId)).toBeNull();
  expect(await records()).toHaveLength(3);
  await world.order('faults', { clear: true });
  await waitFor('the data to be deleted', async () => (await records()).length === 0);
  expect(await rowOf(corpId)).toMatchObject({ status: 'removed', permanent_code_sealed: null });
});

test('a removed corp that installs again is installed, with a fresh start', async () => {
  const { corpId } = await world.corp();
  await world.order('uninstall', { corpId });
  await waitFor('the removal', async () => (await statusOf(corpId)) === 'removed');
  await world.order('install', { corpId });
  await waitFor('the second installation', async () => (await statusOf(corpId)) === 'installed');
  expect(await openCorp(world.deps, corpId)).not.toBeNull();
});

test('changes of range and of administrators are read again from WeCom', async () => {
  const { corpId, members } = await world.corp({ members: ['甲', '乙', '丙'] });
  const [first, , third] = members.map(({ userId }) => userId);
  await world.order('members', { corpId, userId: third, action: 'hide' });
  const range = async () => (await rowOf(corpId))?.privilege_json ?? '';
  await waitFor('the visible range', async () => (await range()).includes(first ?? ''));
  expect(await range()).not.toContain(third);
  await world.order('members', { corpId, userId: first, action: 'admin' });
  const isAdmin = async () => (await listAdmins(world.deps.store.db, corpId)).some(({ user_id }) => user_id === first);
  await waitFor('the new administrator', isAdmin);
  // Within one second WeCom's two notices would be the same text, and so the same event.
  const noticedAt = Math.floor(world.deps.clock.now() / 1000);
  await waitFor('the next second', () => Math.floor(world.deps.clock.now() / 1000) > noticedAt);
  await world.order('members', { corpId, userId: first, action: 'unadmin' });
  await waitFor('the administrator to be gone', async () => !(await isAdmin()));
});

test('a member who left is logged out, and a colleague is not', async () => {
  const { corpId, members } = await world.corp();
  const enter = (userId: string) => {
    const fields = { kind: 'member', client: 'h5', openUserId: null, openId: null, entry: 'workbench' } as const;
    return createSession(world.deps, { ...fields, corpId, userId, loginNamedAgent: false });
  };
  const [leaver, colleague] = await Promise.all(members.map(({ userId }) => enter(userId)));
  await world.order('members', { corpId, userId: members[0]?.userId, action: 'leave' });
  await waitFor('the session to end', async () => (await findSession(world.deps, leaver?.token ?? '')) === null);
  expect(await findSession(world.deps, colleague?.token ?? '')).toMatchObject({ corpId });
});

test('nothing of an installation that is secret reaches the log', async () => {
  const { corpId } = await world.corp({ installed: false });
  const back = new URL(await consent(corpId));
  await browser.open(back.href);
  await world.settled();
  const corp = await openCorp(world.deps, corpId);
  const secrets = [corp?.permanentCode, ...back.searchParams.values()].filter((value) => value !== '600');
  await world.deps.tokens.withSuiteToken(async (token) => void secrets.push(token));
  if (corp) await world.deps.tokens.withCorpToken(corp, async (token) => void secrets.push(token));
  expect(secrets.length).toBeGreaterThanOrEqual(5);
  expect(world.logs()).toContain('auth_code exchanged');
  for (const secret of secrets) expect(world.logs()).not.toContain(secret);
});
