import { anonymous, logIn, logInOutsider } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  world = await startWorld();
  corp = await world.corp({ members: ['成员一', '成员二', '成员三'] });
  await world.order('clock', { advance: '91d' });
});
afterAll(() => world.close());

/** The sandbox makes a corp's second member its administrator. */
const ADMIN = 1;

const member = (index: number) => logIn(world, { corpId: corp.corpId, userId: corp.members[index]?.userId ?? '' });

describe('POST /api/requests', () => {
  test('files the wish once: asking twice changes nothing', async () => {
    const client = await member(0);
    const first = await client.post('/api/requests', { reason: 'trial_over' });
    expect(first.status).toBe(200);
    expect(first.json()).toMatchObject({ reason: 'trial_over', adminsAsked: 1 });
    await world.order('clock', { advance: '2m' });
    expect((await client.post('/api/requests', { reason: 'trial_over' })).text).toBe(first.text);
  });

  test('after it was settled, asking files it anew', async () => {
    const client = await member(2);
    const before = (await client.post('/api/requests', { reason: 'trial_over' })).json<{ askedAt: string }>();
    const admin = await member(ADMIN);
    const { requests } = (await admin.get('/api/admin/licences')).json<{
      requests: { id: string; userId: string }[];
    }>();
    const own = requests.find((request) => request.userId === corp.members[2]?.userId);
    expect((await admin.post(`/api/admin/requests/${own?.id}/settle`)).status).toBe(204);
    await world.order('clock', { advance: '2m' });
    const after = (await client.post('/api/requests', { reason: 'trial_over' })).json<{ askedAt: string }>();
    expect(Date.parse(after.askedAt)).toBeGreaterThan(Date.parse(before.askedAt));
  });

  test('only what is true for the person now can be asked', async () => {
    const client = await member(0);
    const answer = await client.post('/api/requests', { reason: 'no_free_seat' });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'request.invalid', details: { reason: 'trial_over' } } });
    expect((await client.post('/api/requests', { reason: 'i_want_it' })).status).toBe(400);
  });

  test('needs a member', async () => {
    const body = { reason: 'trial_over' };
    expect((await anonymous(world.origin).post('/api/requests', body)).status).toBe(401);
    const outsider = await (await logInOutsider(world)).post('/api/requests', body);
    expect(outsider.json()).toMatchObject({ error: { code: 'access.outsider' } });
  });

  test('never reaches the administrators of another corp', async () => {
    const other = await world.corp();
    const admin = await logIn(world, { corpId: other.corpId, userId: other.members[ADMIN]?.userId ?? '' });
    expect((await admin.get('/api/admin/licences')).json()).toMatchObject({ requests: [], waiting: 0 });
  });
});
