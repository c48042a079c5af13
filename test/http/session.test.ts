import {
  createSession,
  endSession,
  endSessionsOfCorp,
  endSessionsOfMember,
  findSession,
  setEntry,
  type SessionFields,
} from '../../server/http/session';
import { settableClock, startApp, type TestApp } from '../support/app';

const clock = settableClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ given: { clock } });
});
afterAll(() => app.stop());

const member: SessionFields = {
  kind: 'member',
  client: 'h5',
  corpId: 'wpcorp',
  userId: 'zhang',
  openUserId: 'woz',
  openId: null,
  entry: 'workbench',
  loginNamedAgent: false,
};
const WEEK_MS = 7 * 24 * 3_600_000;
const begin = (over: Partial<SessionFields> = {}) => createSession(app.deps, { ...member, ...over });
const find = (token: string) => Promise.resolve(findSession(app.deps, token));

test('a session comes back by its token with everything it was made of, and lives a week', async () => {
  const { token, expiresAtMs } = await begin({ loginNamedAgent: true });
  expect(token).toMatch(/^[0-9A-Za-z]{43}$/);
  expect(expiresAtMs).toBe(clock.now() + WEEK_MS);
  expect(await find(token)).toMatchObject({ ...member, loginNamedAgent: true, expiresAtMs });
});

test('the store holds neither the token nor a plain hash of it', async () => {
  const { token } = await begin();
  const rows = JSON.stringify(await app.deps.store.db.selectFrom('sessions').selectAll().execute());
  const { hashSecret } = await import('../../server/ids');
  expect(rows).not.toContain(token);
  expect(rows).not.toContain(hashSecret(token));
});

test('a token that is wrong, empty or of another shape finds nothing', async () => {
  await begin();
  for (const token of ['', 'x', '0'.repeat(43), '%'.repeat(43), '0'.repeat(5000)]) expect(await find(token)).toBeNull();
});

test('a session ends with its week, also when it was read a moment before', async () => {
  const { token, expiresAtMs } = await begin();
  clock.set(expiresAtMs - 1);
  expect(await find(token)).not.toBeNull();
  clock.set(expiresAtMs);
  expect(await find(token)).toBeNull();
});

test("ending a member's sessions holds at once and leaves the colleagues'", async () => {
  const [mine, colleague, elsewhere] = [
    await begin(),
    await begin({ userId: 'li' }),
    await begin({ corpId: 'wpother' }),
  ];
  for (const { token } of [mine, colleague, elsewhere]) expect(await find(token)).not.toBeNull();
  await endSessionsOfMember(app.deps, 'wpcorp', 'zhang');
  expect(await find(mine.token)).toBeNull();
  expect(await find(colleague.token)).not.toBeNull();
  await endSessionsOfCorp(app.deps, 'wpcorp');
  expect(await find(colleague.token)).toBeNull();
  expect(await find(elsewhere.token)).not.toBeNull();
});

test('logging out ends this session only', async () => {
  const [one, two] = [await begin(), await begin()];
  const session = await find(one.token);
  if (session) await endSession(app.deps, session);
  expect(await find(one.token)).toBeNull();
  expect(await find(two.token)).not.toBeNull();
});

test('the entry of a visit is renewed for the requests that follow', async () => {
  const { token } = await begin();
  const session = await find(token);
  if (!session) throw new Error('no session');
  await setEntry(app.deps, session, 'qr');
  expect((await find(token))?.entry).toBe('qr');
});

test('what another instance ended is gone here within 30 seconds', async () => {
  const { token } = await begin();
  expect(await find(token)).not.toBeNull();
  await app.deps.store.db.deleteFrom('sessions').execute();
  clock.advance(30_001);
  expect(await find(token)).toBeNull();
});

test('a rotated SESSION_SECRET keeps the sessions of the old one, a replaced one ends them', async () => {
  const { token } = await begin();
  const { store } = app.deps;
  const with_ = (secret: string) =>
    startApp({ env: { SESSION_SECRET: secret }, given: { clock, store: { ...store, close: async () => {} } } });
  const rotated = await with_('a-brand-new-session-secret,a-session-secret-of-a-test');
  expect(await findSession(rotated.deps, token)).not.toBeNull();
  await rotated.stop();
  const replaced = await with_('a-brand-new-session-secret');
  expect(await findSession(replaced.deps, token)).toBeNull();
  await replaced.stop();
});
