import { VerdictView } from '../../server/http/contract/verdict';
import { anonymous, logIn, logInOutsider } from '../support/api-client';
import { startWorld, type SandboxCorp, type World } from '../support/world';

let world: World;
let corp: SandboxCorp;
const userAt = (index: number): string => corp.members[index]?.userId ?? '';

beforeAll(async () => {
  world = await startWorld();
  corp = await world.corp({ members: ['成员一', '成员二', '成员三'] });
});
afterAll(() => world.close());

/** The sandbox makes a corp's second member its administrator. */
const ADMIN = 1;

const member = (index = 0) => logIn(world, { corpId: corp.corpId, userId: userAt(index) });

describe('GET /api/verdict', () => {
  test('answers a member with the verdict of the contract, in Chinese', async () => {
    const answer = await (await member()).get('/api/verdict');
    expect(answer.status).toBe(200);
    const view = VerdictView.strict().parse(answer.json());
    expect(view).toMatchObject({ outcome: 'allow', reason: 'trial', corpId: corp.corpId, title: '试用中' });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  test('speaks the client’s language, also when the verdict is fresh from memory', async () => {
    const client = await member();
    const title = async (language: string) =>
      (await client.get('/api/verdict', { 'accept-language': language })).json().title;
    expect([await title('zh-CN'), await title('en-GB'), await title('zh-CN')]).toEqual([
      '试用中',
      'On trial',
      '试用中',
    ]);
  });

  test('without a session is refused', async () => {
    const answer = await anonymous(world.origin).get('/api/verdict');
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: { code: 'auth.required' } });
  });

  test('refuses a capability there is none of, and takes the one there is', async () => {
    const client = await member();
    expect((await client.get('/api/verdict?capability=everything')).status).toBe(400);
    const answer = await client.get('/api/verdict?capability=external_contact');
    expect(answer.json()).toMatchObject({ capability: 'external_contact', outcome: 'allow' });
  });

  test('an outsider is told to be one', async () => {
    const answer = await (await logInOutsider(world)).get('/api/verdict');
    expect(answer.json()).toMatchObject({ outcome: 'allow', reason: 'outsider_free', corpId: null, why: [] });
  });

  test('a member of a corp without the app is stopped, with nothing of the corps that have it', async () => {
    const other = await world.corp({ installed: false });
    const client = await logIn(world, { corpId: other.corpId, userId: other.members[0]?.userId ?? '' });
    const answer = await client.get('/api/verdict');
    expect(answer.json()).toMatchObject({ outcome: 'block', reason: 'app_not_installed', corpId: other.corpId });
    expect(answer.text).not.toContain(corp.corpId);
  });

  test('a member’s verdict holds no id of a member, an administrator’s explains the rules', async () => {
    const answer = await (await member()).get('/api/verdict');
    for (const { userId } of corp.members) expect(answer.text).not.toContain(userId);
    expect(answer.json()).not.toHaveProperty('trace');
    expect((await (await member(ADMIN)).get('/api/verdict')).json()).toHaveProperty('trace');
  });
});

describe('POST /api/verdict/refresh', () => {
  test('asks WeCom again, and only so often for one person', async () => {
    const client = await member(2);
    const answers = [];
    for (let index = 0; index < 8; index += 1) answers.push(await client.post('/api/verdict/refresh?capability=base'));
    expect(answers[0]?.json()).toMatchObject({ reason: 'trial' });
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await (await member(ADMIN)).post('/api/verdict/refresh')).status).toBe(200);
  });

  test('sent by another site with the cookie is refused; by our own page it is not', async () => {
    const { token } = await member();
    const sent = (origin: string) =>
      anonymous(world.origin).post('/api/verdict/refresh', {}, { cookie: `gate_sid=${token}`, origin });
    expect((await sent('https://elsewhere.example')).json()).toMatchObject({ error: { code: 'request.origin' } });
    expect((await sent(world.origin)).status).toBe(200);
  });

  test('without a session is refused', async () => {
    expect((await anonymous(world.origin).post('/api/verdict/refresh')).status).toBe(401);
  });
});
