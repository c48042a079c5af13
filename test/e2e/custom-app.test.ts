import type { Page } from 'playwright-core';
import { startStage, type Stage } from '../support/stage';
import { ask, createCast, pathOf, screenOf, type Member } from './cast';
import { askVerdict, drawn, readScreen } from './read-screen';

/** A custom app (代开发): its corp is in the address, because it must be known before login. */
let stage: Stage;
const cast = createCast(() => stage);

beforeAll(async () => {
  stage = await startStage({ kind: 'custom' });
}, 60_000);
afterEach(() => cast.leave());
afterAll(() => stage.close());

/** Every address of WeCom's login that a page was sent through. */
function loginsOf(page: Page): URL[] {
  const found: URL[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin === stage.sandbox.origin) found.push(url);
  });
  return found;
}

const agentOf = ({ corpId }: Member) =>
  String(stage.sandbox.state.corps.find((corp) => corp.corpId === corpId)?.installs[0]?.agentId);

const recordOf = (title: string) => cast.record(stage.member('custom', 3), { title, note: '钥匙在门卫室' });

/** The record's own page is in front; the corp's path and the login have left the address. */
async function standsAtRecord(page: Page, id: string): Promise<void> {
  await page.locator('#record').waitFor();
  await page.waitForURL((url) => url.hash === '');
  const { pathname, searchParams } = new URL(page.url());
  expect([pathname, [...searchParams.keys()].sort(), searchParams.get('id')]).toEqual(['/record', ['from', 'id'], id]);
}

test('the workbench opens the corp’s own path, names the agent to WeCom, and the member is activated', async () => {
  const member = stage.member('custom');
  const visitor = await cast.visitor(member);
  const logins = loginsOf(visitor.page);
  const home = await visitor.addressOf('workbench');
  expect(pathOf(home)).toBe(`/c/${member.corpId}/records?from=workbench`);
  await visitor.page.goto(home);
  await visitor.page.locator('#records').waitFor();
  expect(logins).toHaveLength(1);
  expect(Object.fromEntries(logins[0]?.searchParams ?? [])).toMatchObject({
    appid: member.corpId,
    agentid: agentOf(member),
  });
  expect(new URL(visitor.page.url()).pathname).toBe('/records');
  expect((await askVerdict(visitor.page)).reason).toBe('seat_valid');
});

test.each([
  ['share', '12 号泵房'],
  ['qr', '13 号泵房'],
] as const)('a record’s %s link names the corp and leads a member without a seat to it', async (from, title) => {
  const record = await recordOf(title);
  const { corpId } = stage.member('custom');
  const path = pathOf(record.links[from]);
  expect(path).toBe(`/c/${corpId}/record?id=${record.id}&from=${from}`);
  const visitor = await cast.visitor(await cast.newcomer(corpId));
  await visitor.open(from, path);
  await standsAtRecord(visitor.page, record.id);
  expect((await askVerdict(visitor.page)).reason).toBe('seat_valid');
});

test('with a session of the corp its path leads straight to the page', async () => {
  const record = await recordOf('14 号泵房');
  const visitor = await cast.arrive(stage.member('custom', 2));
  await visitor.page.locator('#records').waitFor();
  const logins = loginsOf(visitor.page);
  await visitor.open('share', pathOf(record.links.share));
  await standsAtRecord(visitor.page, record.id);
  await visitor.page.reload();
  await standsAtRecord(visitor.page, record.id);
  expect(logins).toEqual([]);
});

test('a page that does not say whose it is asks to be opened from the workbench', async () => {
  const visitor = await cast.visitor(stage.member('custom', 2));
  await visitor.page.goto(`${stage.origin}/records`);
  expect(await screenOf(visitor)).toMatchObject({
    kind: 'open',
    sentence: '请从企业微信「工作台」进入，应用才知道你属于哪家企业',
    actions: [],
  });
  await visitor.open('workbench');
  await visitor.page.locator('#records').waitFor();
});

test('a link forwarded to another corp’s member shows them nothing of the record', async () => {
  const record = await recordOf('15 号泵房');
  const { corpId, members } = await stage.corp({ name: '另一家代开发客户' });
  const stranger = { corpId, userId: members[0]?.userId ?? '' };
  const visitor = await cast.visitor(stranger);
  const told: Promise<string>[] = [];
  visitor.page.on('response', (response) => void told.push(response.text().catch(() => '')));
  await visitor.open('share', pathOf(record.links.share));
  await drawn(visitor.page);
  expect((await readScreen(visitor.page)).kind).toBe('lost');
  const answer = await ask(visitor.page, `/api/records/${record.id}`);
  expect(answer.status).toBe(404);
  const everything = [...(await Promise.all(told)), answer.text, await visitor.page.content()].join('\n');
  for (const secret of ['15 号泵房', '钥匙在门卫室']) expect(everything).not.toContain(secret);
  await visitor.open('workbench');
  await visitor.page.locator('#records').waitFor();
});

test('a path of a corp without the app says so', async () => {
  const visitor = await cast.visitor(stage.member('custom', 2));
  await visitor.page.goto(`${stage.origin}/c/wpNobodyKnows/records`);
  expect(await screenOf(visitor)).toMatchObject({ kind: 'failed', title: '企业未安装此应用' });
});

test('in a desktop browser the scan login is the corp’s own', async () => {
  const record = await recordOf('16 号泵房');
  const member = stage.member('custom', 2);
  const visitor = await cast.visitor(member, { client: 'browser' });
  await visitor.page.goto(record.links.share);
  expect((await screenOf(visitor)).kind).toBe('open');
  const logins = loginsOf(visitor.page);
  await visitor.page.locator('#gate-action-scan').click();
  await visitor.page.locator('#confirm-person').click();
  await standsAtRecord(visitor.page, record.id);
  expect(Object.fromEntries(logins[0]?.searchParams ?? [])).toMatchObject({
    login_type: 'CorpApp',
    appid: member.corpId,
    agentid: agentOf(member),
  });
});
