import { AdminLicences } from '../../server/http/contract/admin';
import { anonymous, logIn, logInOutsider, type ApiClient } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** The sandbox makes a corp's second member its administrator. */
const ADMIN = 1;
const MEMBER = 0;

type Case = { corp: SandboxCorp; admin: ApiClient; member: ApiClient; userAt: (index: number) => string };

/** A corp of four; `trialOver` lets the trial pass before anybody logs in. */
async function startCase({ trialOver = false } = {}): Promise<Case> {
  const corp = await world.corp({ members: ['成员一', '成员二', '成员三', '成员四'] });
  if (trialOver) await world.order('clock', { advance: '91d' });
  const userAt = (index: number) => corp.members[index]?.userId ?? '';
  const client = (index: number) => logIn(world, { corpId: corp.corpId, userId: userAt(index) });
  return { corp, admin: await client(ADMIN), member: await client(MEMBER), userAt };
}

async function buy(corpId: string, base: number): Promise<void> {
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId, base, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  await world.settled();
}

const overview = async (admin: ApiClient) =>
  AdminLicences.strict().parse((await admin.get('/api/admin/licences')).json());

describe('GET /api/admin/licences', () => {
  test('shows a new corp its trial and nothing bought', async () => {
    const { admin } = await startCase();
    const view = await overview(admin);
    expect(view).toMatchObject({
      bought: 0,
      inUse: 0,
      free: 0,
      waiting: 0,
      complete: true,
      everPaid: false,
      seats: [],
    });
    expect(view.trial).toMatchObject({ running: true, daysLeft: 90 });
    expect(view.endsByMonth).toHaveLength(14);
  });

  test('counts what was bought, is held and is free, and lists seats by tag', async () => {
    const { admin, corp, userAt } = await startCase();
    await buy(corp.corpId, 3);
    await world.order('seats', { corpId: corp.corpId, userId: userAt(MEMBER), type: 1 });
    const view = AdminLicences.parse((await admin.post('/api/admin/licences/refresh')).json());
    expect(view).toMatchObject({ bought: 3, inUse: 1, free: 2, everPaid: true });
    expect(view.activateBy).not.toBeNull();
    expect(view.orders).toMatchObject([{ status: 'paid', base: 3, externalContact: 0 }]);
    expect(view.seats).toMatchObject([{ userId: userAt(MEMBER), type: 'base', state: 'valid', daysLeft: 372 }]);
    expect(view.seats[0]?.tag).toMatch(/^[0-9A-F]{4}$/);
  });

  test('is not opened by an old list of administrators while WeCom does not say who they are', async () => {
    const { admin } = await startCase();
    expect((await admin.get('/api/admin/licences')).status).toBe(200);
    await world.order('faults', { endpoint: '/cgi-bin/service/get_admin_list', kind: 'errcode', errcode: 48002 });
    try {
      await world.order('clock', { advance: '59m' });
      expect((await admin.get('/api/admin/licences')).status).toBe(200);
      await world.order('clock', { advance: '1m' });
      expect((await admin.get('/api/admin/licences')).json()).toMatchObject({ error: { code: 'wecom.timeout' } });
    } finally {
      await world.order('faults', { clear: true });
    }
    await world.order('clock', { advance: '1m' });
    expect((await admin.get('/api/admin/licences')).status).toBe(200);
  });

  test('says when WeCom was silent and shows what is known', async () => {
    const { admin, corp } = await startCase();
    await buy(corp.corpId, 2);
    expect((await overview(admin)).bought).toBe(2);
    await world.order('clock', { advance: '2m' });
    await world.order('faults', { endpoint: '/cgi-bin/license/list_actived_account', kind: 'errcode', errcode: 45009 });
    try {
      expect(await overview(admin)).toMatchObject({ bought: 2, complete: false });
    } finally {
      await world.order('faults', { clear: true });
    }
  });

  test('is for the corp’s own administrators', async () => {
    const { admin, member } = await startCase();
    expect((await anonymous(world.origin).get('/api/admin/licences')).status).toBe(401);
    expect((await member.get('/api/admin/licences')).json()).toMatchObject({ error: { code: 'auth.forbidden' } });
    const outsider = await (await logInOutsider(world)).get('/api/admin/licences');
    expect(outsider.json()).toMatchObject({ error: { code: 'access.outsider' } });
    expect((await admin.get('/api/admin/licences')).status).toBe(200);
  });

  test('an entry from the business settings alone makes nobody an administrator', async () => {
    const { corp, userAt } = await startCase();
    const pretender = await logIn(world, { corpId: corp.corpId, userId: userAt(MEMBER), entry: 'admin' });
    expect((await pretender.get('/api/admin/licences')).status).toBe(403);
  });

  test('somebody just made administrator gets in, one no longer so does not', async () => {
    const { admin, corp, member, userAt } = await startCase();
    expect((await member.get('/api/admin/licences')).status).toBe(403);
    await world.order('members', { corpId: corp.corpId, userId: userAt(MEMBER), action: 'admin' });
    await world.order('members', { corpId: corp.corpId, userId: userAt(ADMIN), action: 'unadmin' });
    await world.order('clock', { advance: '6m' });
    expect((await member.get('/api/admin/licences')).status).toBe(200);
    expect((await admin.get('/api/admin/licences')).status).toBe(403);
  });
});

describe('POST /api/admin/seats/activate', () => {
  test('binds a free account to a member of the own corp and settles what the member asked for', async () => {
    const { admin, corp, member, userAt } = await startCase({ trialOver: true });
    expect((await member.post('/api/requests', { reason: 'trial_over' })).status).toBe(200);
    await buy(corp.corpId, 1);
    await world.order('auto-activation', { corpId: corp.corpId, on: false });
    const answer = await admin.post('/api/admin/seats/activate', { userId: userAt(MEMBER) });
    expect(answer.json()).toEqual({ state: 'done', message: null });
    expect((await member.get('/api/verdict')).json()).toMatchObject({ reason: 'seat_valid' });
    expect((await overview(admin)).requests).toEqual([]);
  });

  test('says in words why it did not work', async () => {
    const { admin, userAt, member } = await startCase();
    await member.get('/api/verdict');
    const answer = await admin.post(
      '/api/admin/seats/activate',
      { userId: userAt(MEMBER) },
      { 'accept-language': 'en' },
    );
    expect(answer.json()).toEqual({ state: 'failed', message: 'no seat is available' });
  });

  test('knows no member of another corp', async () => {
    const [mine, theirs] = [await startCase(), await startCase()];
    await theirs.member.get('/api/verdict');
    const answer = await mine.admin.post('/api/admin/seats/activate', { userId: theirs.userAt(MEMBER) });
    expect(answer.json()).toMatchObject({ error: { code: 'request.not_found' } });
  });

  test('needs a userId and an administrator', async () => {
    const { admin, member } = await startCase();
    expect((await admin.post('/api/admin/seats/activate', {})).status).toBe(400);
    expect((await member.post('/api/admin/seats/activate', { userId: 'x' })).status).toBe(403);
    expect((await anonymous(world.origin).post('/api/admin/seats/activate', { userId: 'x' })).status).toBe(401);
  });
});

describe('POST /api/admin/seats/own/activate', () => {
  test('binds a free account to the administrator who asks, and to nobody else', async () => {
    const { admin, corp, member } = await startCase({ trialOver: true });
    await buy(corp.corpId, 2);
    await world.order('auto-activation', { corpId: corp.corpId, on: false });
    expect((await admin.post('/api/admin/seats/own/activate')).json()).toEqual({ state: 'done', message: null });
    expect((await admin.get('/api/verdict')).json()).toMatchObject({ reason: 'seat_valid' });
    expect((await member.get('/api/verdict')).json()).toMatchObject({ reason: 'activation_off' });
    expect((await member.post('/api/admin/seats/own/activate')).status).toBe(403);
    expect((await anonymous(world.origin).post('/api/admin/seats/own/activate')).status).toBe(401);
  });
});

describe('POST /api/admin/auto-activation', () => {
  test('switches it, and the next visit knows', async () => {
    const { admin, corp } = await startCase();
    await buy(corp.corpId, 1);
    for (const on of [true, false]) {
      expect((await admin.post('/api/admin/auto-activation', { on })).json()).toEqual({ on });
      expect(await overview(admin)).toMatchObject({ autoActivation: on });
    }
  });

  test('of a corp that never paid is explained, not blamed on WeCom', async () => {
    const { admin } = await startCase();
    const answer = await admin.post('/api/admin/auto-activation', { on: true });
    expect(answer.status).toBe(409);
    expect(answer.json()).toMatchObject({ error: { code: 'licence.never_paid' } });
  });

  test('needs a yes or no and an administrator', async () => {
    const { admin, member } = await startCase();
    expect((await admin.post('/api/admin/auto-activation', { on: 'maybe' })).status).toBe(400);
    expect((await member.post('/api/admin/auto-activation', { on: true })).status).toBe(403);
    expect((await anonymous(world.origin).post('/api/admin/auto-activation', { on: true })).status).toBe(401);
  });
});

describe('POST /api/admin/requests/:id/settle', () => {
  test('settles the own corp’s request and knows none of another', async () => {
    const theirs = await startCase({ trialOver: true });
    const mine = await startCase();
    await theirs.member.post('/api/requests', { reason: 'trial_over' });
    const [request] = (await overview(theirs.admin)).requests;
    const path = `/api/admin/requests/${request?.id}/settle`;
    expect((await mine.admin.post(path)).status).toBe(404);
    expect((await theirs.member.post(path)).status).toBe(403);
    expect((await anonymous(world.origin).post(path)).status).toBe(401);
    expect((await overview(theirs.admin)).requests).toHaveLength(1);
    expect((await theirs.admin.post(path)).status).toBe(204);
    expect((await overview(theirs.admin)).requests).toEqual([]);
  });
});
