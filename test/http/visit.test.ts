import { startWorld, type SandboxCorp, type World } from '../support/world';
import { anonymous, logIn } from '../support/api-client';

let world: World;
let corp: SandboxCorp;

beforeAll(async () => {
  world = await startWorld();
  corp = await world.corp();
});
afterAll(() => world.close());

type Visit = {
  screen: string;
  returnTo: string;
  targetTitle: string | null;
  loginAgain: boolean;
  graceMs: number;
  person: { corpId: string; isAdmin: boolean; isOutsider: boolean; key: string };
  verdict: { reason: string; corpId: string };
};

const userOf = (one: SandboxCorp, index = 0) => one.members[index]?.userId ?? '';
const visitOf = (page: string) => `/api/visit?page=${encodeURIComponent(page)}`;

async function miniLogin(one: SandboxCorp, more: object = {}) {
  const phone = await world.phone({ corpId: one.corpId, userId: userOf(one) });
  const { code } = await world.order<{ code: string }>(`phones/${phone.id}/mini-login`, {});
  const answer = await anonymous(world.origin).post('/api/session', { code, platform: 'weapp', ...more });
  return answer.json<{ token: string; verdict: Visit['verdict']; visit: Visit }>();
}

async function recordOf({ corpId }: SandboxCorp) {
  const rows = await world.deps.store.db.selectFrom('records').selectAll().where('corp_id', '=', corpId).execute();
  const [record] = rows;
  if (!record) throw new Error('the sample records are missing');
  return record;
}

describe('what a client that draws its own pages is told', () => {
  test('comes with the session, for the page that was opened', async () => {
    const { id } = await recordOf(corp);
    const { token, verdict, visit } = await miniLogin(corp, { page: `/record?id=${id}&from=qr` });
    expect(visit).toMatchObject({
      screen: 'verdict',
      returnTo: `/record?id=${id}&from=qr`,
      person: { corpId: corp.corpId, isAdmin: false, isOutsider: false, key: expect.any(String) },
      loginAgain: false,
      graceMs: 24 * 3_600_000,
    });
    expect(visit.verdict).toEqual(verdict);
    const later = await fetch(world.origin + visitOf('/records'), { headers: { authorization: `Bearer ${token}` } });
    expect(await later.json()).toMatchObject({ screen: 'verdict', returnTo: '/records', verdict: { reason: 'trial' } });
  });

  test('the entry in the page’s address counts for the session, and `from` beside it counts more', async () => {
    const entryOf = async (token: string) =>
      (
        await world.deps.store.db
          .selectFrom('sessions')
          .select('entry')
          .where('sid_hash', 'in', world.deps.sessions.hashesOf(token))
          .executeTakeFirstOrThrow()
      ).entry;
    expect(await entryOf((await miniLogin(corp, { page: '/records?from=card' })).token)).toBe('card');
    expect(await entryOf((await miniLogin(corp, { page: '/records?from=card', from: 'share' })).token)).toBe('share');
    const { token } = await miniLogin(corp);
    expect(await entryOf(token)).toBe('unknown');
    await fetch(world.origin + visitOf('/records?from=workbench'), { headers: { authorization: `Bearer ${token}` } });
    expect(await entryOf(token)).toBe('workbench');
  });

  test('another corp’s record looks like one that is not there; the corp’s own is let through', async () => {
    const other = await world.corp({ name: '另一家' });
    const { id } = await recordOf(other);
    const mine = await logIn(world, { corpId: corp.corpId, userId: userOf(corp) });
    const theirs = await logIn(world, { corpId: other.corpId, userId: userOf(other) });
    expect((await mine.get(visitOf(`/record?id=${id}`))).json<Visit>().screen).toBe('not_found');
    expect((await mine.get(visitOf('/record?id=none'))).json<Visit>().screen).toBe('not_found');
    const found = await theirs.get(visitOf(`/record?id=${id}`));
    expect(found.json<Visit>().screen).toBe('verdict');
    expect(found.headers.get('cache-control')).toBe('private, no-store');
  });

  test('nobody is told anything without a session', async () => {
    const answer = await anonymous(world.origin).get(visitOf('/records'));
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: { code: 'auth.required' } });
  });

  test.each(['https://elsewhere.example/', '//elsewhere.example', '/login?x=1', '/api/verdict', '\\record', '%'])(
    'an address that is no page of ours (%s) counts as the first page',
    async (page) => {
      const mine = await logIn(world, { corpId: corp.corpId, userId: userOf(corp) });
      const answer = await mine.get(visitOf(page));
      expect([answer.status, answer.json<Visit>().returnTo]).toEqual([200, '/records']);
    },
  );

  test('an address of endless length is refused', async () => {
    const mine = await logIn(world, { corpId: corp.corpId, userId: userOf(corp) });
    expect((await mine.get(visitOf(`/records?x=${'a'.repeat(2048)}`))).status).toBe(400);
  });
});
