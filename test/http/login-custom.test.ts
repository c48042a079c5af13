import { plainPages } from '../support/plain-pages';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  world = await startWorld({ kind: 'custom', given: { pages: plainPages } });
  corp = await world.corp();
});
afterAll(() => world.close());

const memberOf = (one: SandboxCorp, index = 0) => ({ corpId: one.corpId, userId: one.members[index]?.userId ?? '' });
const at = (path: string) => `${world.origin}${path}`;

describe('a custom app', () => {
  test('is entered by its corp’s path, under the corp’s id and the agent, which makes WeCom activate', async () => {
    const phone = await world.phone(memberOf(corp));
    const page = await phone.open(await phone.addressOf('workbench'));
    expect([page.status, page.url]).toEqual([200, at('/records?from=workbench')]);
    const authorize = page.hops.find((hop) => hop.includes('/connect/oauth2/authorize')) ?? '';
    const agent = await world.deps.store.db
      .selectFrom('corps')
      .select('agent_id')
      .where('corp_id', '=', corp.corpId)
      .executeTakeFirstOrThrow();
    expect(Object.fromEntries(new URL(authorize).searchParams)).toMatchObject({
      appid: corp.corpId,
      agentid: agent.agent_id,
      scope: 'snsapi_base',
    });
    const session = await world.deps.store.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    expect(session).toMatchObject({ corp_id: corp.corpId, entry: 'workbench', login_named_agent: 1 });
  });

  test('whoever has a session of this corp goes straight to the page', async () => {
    const phone = await world.phone(memberOf(corp));
    await phone.open(at(`/c/${corp.corpId}/records`));
    const again = await phone.open(at(`/c/${corp.corpId}/record?id=none&from=qr`));
    expect(again.hops).toEqual([at(`/c/${corp.corpId}/record?id=none&from=qr`), at('/record?id=none&from=qr')]);
  });

  test('a session of another corp does not count on this corp’s path', async () => {
    const other = await world.corp({ name: '另一家' });
    const phone = await world.phone(memberOf(corp));
    await phone.open(at(`/c/${corp.corpId}/records`));
    const page = await phone.open(at(`/c/${other.corpId}/records`));
    expect(page.hops.some((hop) => hop.includes(`appid=${other.corpId}`))).toBe(true);
  });

  test.each(['/c/wpNobodyHere/records', '/c/wpNobodyHere'])(
    '%s of an unknown corp is refused in words',
    async (path) => {
      const phone = await world.phone(memberOf(corp));
      const screen = await phone.open(at(path));
      expect(screen.status).toBe(403);
      expect(screen.text).toContain('企业未安装此应用');
    },
  );

  test('a page without a corp and without a session points to the workbench', async () => {
    const phone = await world.phone(memberOf(corp));
    for (const path of ['/records', '/login', '/login/web']) {
      const screen = await phone.open(at(path));
      expect(screen.status).toBe(200);
      expect(screen.text).toContain('id="screen-open_in_wecom"');
      expect(screen.text).toContain('"workbenchOnly":true');
    }
  });

  test('a desktop browser scans in under the corp’s form', async () => {
    const phone = await world.phone(memberOf(corp), 'browser');
    const welcome = await phone.open(at(`/c/${corp.corpId}/records`));
    const scanHref = /"scanHref":"([^"]+)"/.exec(welcome.text)?.[1] ?? '';
    const url = new URL((await phone.get(at(scanHref))).location ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ login_type: 'CorpApp', appid: corp.corpId });
    const { corpId, userId } = memberOf(corp);
    const scanned = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ person: `${corpId}/${userId}` }),
      redirect: 'manual',
    });
    const page = await phone.open(scanned.headers.get('location') ?? '');
    expect([page.status, page.url]).toEqual([200, at('/records')]);
  });

  test('a stranger to the corp is an outsider, whatever the path says', async () => {
    const stranger = await world.phone('outsider', 'wecom-ios');
    const page = await stranger.open(at(`/c/${corp.corpId}/records`));
    expect(page.text).toContain('data-reason="outsider_free"');
  });
});
