import { USER_AGENTS } from '../../sandbox/login/user-agents';
import { findOpenRequest } from '../../server/store/requests';
import { anonymous, logIn, logInOutsider } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
/** Its trial is over and nothing was bought. */
let over: SandboxCorp;
/** Its trial runs. */
let trial: SandboxCorp;

beforeAll(async () => {
  world = await startWorld();
  over = await world.corp();
  await world.order('clock', { advance: '91d' });
  trial = await world.corp();
});
afterAll(() => world.close());

/** The sandbox makes a corp's second member its administrator. */
const memberOf = (corp: SandboxCorp): string => corp.members[0]?.userId ?? '';
const adminOf = (corp: SandboxCorp): string => corp.members[1]?.userId ?? '';

describe('GET /gate/check', () => {
  test('lets a member in with the verdict in headers', async () => {
    const client = await logIn(world, { corpId: trial.corpId, userId: memberOf(trial) });
    const answer = await client.get('/gate/check');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-gate-outcome': 'allow',
      'x-gate-reason': 'trial',
      'x-gate-corp': trial.corpId,
      'x-gate-user': memberOf(trial),
      'x-gate-visitor': 'member',
      'x-gate-until': expect.stringMatching(/\+08:00$/) as string,
    });
  });

  test('stops a member with the reason', async () => {
    const client = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    const answer = await client.get('/gate/check');
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-gate-reason')).toBe('trial_over');
    expect(answer.text).toBe('');
  });

  test('answers 401 to nobody', async () => {
    const answer = await anonymous(world.origin).get('/gate/check');
    expect([answer.status, answer.headers.get('x-gate-outcome')]).toEqual([401, null]);
  });

  test.each([
    ['/app/list?status=open&corp=acme&return_to=/x', '/app/list?status=open&corp=acme&return_to=/x'],
    ['/app/%E5%8D%95?q=a%26b', '/app/%E5%8D%95?q=a%26b'],
    ['/gate/check', '/records'],
    ['//evil.example/', '/records'],
  ])('says where nobody who asked for %s logs in, to come back to %s', async (asked, page) => {
    const clients = [
      ['x-original-uri', 'wecom-ios', '/login'],
      ['x-forwarded-uri', 'wecom-windows', '/login'],
      ['x-original-uri', 'browser', '/login/web'],
    ] as const;
    for (const [header, client, way] of clients) {
      const headers = { [header]: asked, 'user-agent': USER_AGENTS[client] };
      const answer = await anonymous(world.origin).get('/gate/check', headers);
      const login = new URL(answer.headers.get('x-gate-login') ?? '', world.origin);
      expect([login.origin, login.pathname]).toEqual([world.origin, way]);
      expect([...login.searchParams]).toEqual([['return_to', page]]);
    }
  });

  test('takes the capability from the address before the header, and refuses an unknown one', async () => {
    const client = await logIn(world, { corpId: trial.corpId, userId: memberOf(trial) });
    expect((await client.get('/gate/check', { 'x-gate-capability': 'everything' })).status).toBe(400);
    expect((await client.get('/gate/check?capability=base', { 'x-gate-capability': 'everything' })).status).toBe(200);
    expect((await client.get('/gate/check', { 'x-gate-capability': 'external_contact' })).status).toBe(200);
  });

  test('names an outsider as one', async () => {
    const answer = await (await logInOutsider(world)).get('/gate/check');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-gate-visitor')).toBe('outsider');
    expect(answer.headers.get('x-gate-user')).toBeNull();
  });
});

describe('POST /gate/actions/:id', () => {
  const form = (returnTo: string) => new URLSearchParams({ return_to: returnTo });

  test('a request without scripts is filed and the person goes back to the page', async () => {
    const userId = memberOf(over);
    const client = await logIn(world, { corpId: over.corpId, userId });
    const answer = await client.post('/gate/actions/request_purchase', form('/record?id=7'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/record?id=7']);
    expect(await findOpenRequest(world.deps.store.db, over.corpId, userId, 'trial_over')).toMatchObject({
      admins_asked: 1,
    });
  });

  test('what nobody needs to be asked for any more leads back to the page, which shows that', async () => {
    const client = await logIn(world, { corpId: trial.corpId, userId: memberOf(trial) });
    const answer = await client.post('/gate/actions/request_purchase', form('/record?id=7'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/record?id=7']);
  });

  test('a refusal is a page for who pressed a form’s button, JSON for a script', async () => {
    const client = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    const press = (accept: string) =>
      client.post('/gate/actions/enable_auto_activation', form('/records'), { accept, origin: world.origin });
    const page = await press('text/html,application/xhtml+xml');
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.text).toContain('只有本应用的管理员可以这样做');
    expect((await press('*/*')).json()).toMatchObject({ error: { code: 'auth.forbidden' } });
  });

  test('goes back to our own pages only', async () => {
    const client = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    const answer = await client.post('/gate/actions/recheck', form('https://elsewhere.example/'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/records']);
  });

  test('without a session does nothing and leads back, where login begins', async () => {
    const answer = await anonymous(world.origin).post('/gate/actions/request_purchase', form('/records'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/records']);
  });

  test('with another site’s origin is refused', async () => {
    const { token } = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    const answer = await anonymous(world.origin).post('/gate/actions/recheck', form('/records'), {
      cookie: `gate_sid=${token}`,
      origin: 'https://elsewhere.example',
    });
    expect(answer.status).toBe(403);
  });

  test.each(['buy_seats', 'no_such_action'])('%s is nothing to post to', async (id) => {
    const client = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    expect((await client.post(`/gate/actions/${id}`, form('/records'))).status).toBe(404);
  });

  test('a member may not switch auto-activation; an administrator of a corp that never paid is told why not', async () => {
    const path = '/gate/actions/enable_auto_activation';
    const member = await logIn(world, { corpId: over.corpId, userId: memberOf(over) });
    expect((await member.post(path, form('/records'))).json()).toMatchObject({ error: { code: 'auth.forbidden' } });
    const admin = await logIn(world, { corpId: over.corpId, userId: adminOf(over) });
    expect((await admin.post(path, form('/records'))).json()).toMatchObject({ error: { code: 'licence.never_paid' } });
  });
});
