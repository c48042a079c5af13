import { startInstances, type Instance, type Instances } from '../support/instances';
import { waitFor } from '../support/wait-for';
import type { SandboxCorp } from '../support/world';

/** Shorter than any cache of the server lives, so that what is true within it was told and did not run out. */
const AT_ONCE_MS = 4000;
const MEMBERS = ['林一', '周二', '陈三', '吴四'];

let world: Instances;
let corp: SandboxCorp;
let first: Instance;
let second: Instance;

beforeAll(async () => {
  world = await startInstances(2);
  [first, second] = world.servers as [Instance, Instance];
  corp = await world.corp(MEMBERS);
}, 60_000);
afterAll(() => world.stop());

type Ask = (server: Instance, path?: string, init?: RequestInit) => Promise<Response>;

/** Logs a member in through the common address; the requests of the login alternate between the instances. */
async function logIn(nth: number, of = corp): Promise<Ask> {
  const phone = await world.phone({ corpId: of.corpId, userId: of.members[nth]?.userId ?? '' });
  await phone.open(await phone.addressOf('qr', '/records'));
  const cookie = `gate_sid=${phone.cookie(world.origin, 'gate_sid')}`;
  return ({ origin }, path = '/api/verdict', init = {}) =>
    fetch(origin + path, { ...init, headers: { cookie, origin: world.origin, ...init.headers } });
}

const reasonAt = async (ask: Ask, server: Instance): Promise<unknown> => {
  const answer = await ask(server);
  return ((await answer.json()) as { reason?: string }).reason ?? answer.status;
};

test('a member who logged in through one instance is known to the other', async () => {
  const ask = await logIn(0);
  expect(await Promise.all([first, second].map(async (server) => (await ask(server)).status))).toEqual([200, 200]);
  const stranger = await fetch(`${first.origin}/api/verdict`);
  expect(stranger.status).toBe(401);
});

test('each credential was fetched once, although both instances needed it', () => {
  expect(world.calls.count('/cgi-bin/service/get_suite_token')).toBe(1);
  expect(world.calls.count('/cgi-bin/service/get_provider_token')).toBe(1);
});

test('a callback that one instance receives changes at once what the other answers', async () => {
  const other = await world.corp(MEMBERS);
  const ask = await logIn(0, other);
  // Both hold the session and the verdict in memory now.
  expect((await ask(first)).status).toBe(200);
  expect((await ask(second)).status).toBe(200);
  const release = world.pin(first);
  await world.order('uninstall', { corpId: other.corpId });
  await world.sandbox.callbacksSettled();
  await Promise.all(
    [first, second].map((server) =>
      waitFor('the session to be over', async () => (await ask(server)).status === 401, AT_ONCE_MS),
    ),
  );
  release();
});

test('a member whom both instances are asked to activate is activated once', async () => {
  const ask = await logIn(1);
  // The trial ends, and with it the session.
  await world.order('clock', { advance: '91d' });
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base: 3, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  await world.order('auto-activation', { corpId: corp.corpId, on: true });
  await world.sandbox.callbacksSettled();
  const again = await logIn(1);
  await Promise.all(Array.from({ length: 10 }, (_, index) => again(index % 2 ? first : second)));
  for (const server of [first, second])
    await waitFor('the seat', async () => (await reasonAt(again, server)) === 'seat_valid', 15_000);
  expect(world.calls.count('/cgi-bin/license/active_account_by_type')).toBe(1);
  expect((await ask(first)).status).toBe(401);
});

test('what no database can keep is refused as such, with a login and without', async () => {
  const ask = await logIn(2);
  expect((await fetch(`${first.origin}/api/labels/%00`)).status).toBe(400);
  const body = JSON.stringify({ title: '泵', note: 'a\u0000b' });
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(second, '/api/records', { method: 'POST', body, headers });
  expect(answer.status).toBe(400);
});

test('a limit per person counts over both instances', async () => {
  const ask = await logIn(2);
  const refresh = async (nth: number) =>
    (await ask(nth % 2 ? first : second, '/api/verdict/refresh', { method: 'POST' })).status;
  const statuses = [];
  for (let nth = 0; nth < 7; nth += 1) statuses.push(await refresh(nth));
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  expect((await (await logIn(3))(first, '/api/verdict/refresh', { method: 'POST' })).status).toBe(200);
});

/** How often a call has been made for this corp from now on: jobs make it for other corps meanwhile. */
function countCalls(path: string, { corpId }: SandboxCorp): () => number {
  let count = 0;
  world.calls.onAsked((called, { body }) => {
    if (called === path && body.includes(corpId)) count += 1;
  });
  return () => count;
}

test('what WeCom blocks for one instance the other does not ask either, until the block ends', async () => {
  const path = '/cgi-bin/license/get_app_license_info';
  const blocked = await world.corp(MEMBERS);
  const asks = [await logIn(0, blocked), await logIn(1, blocked)];
  const asked = countCalls(path, blocked);
  const refresh = async (nth: number, server: Instance) => {
    const before = asked();
    const { status } = (await asks[nth]?.(server, '/api/verdict/refresh', { method: 'POST' })) ?? {};
    return { status, asked: asked() - before };
  };
  expect(await refresh(0, first)).toEqual({ status: 200, asked: 1 });
  expect(await refresh(1, second)).toEqual({ status: 200, asked: 1 });
  await world.order('faults', { endpoint: path, kind: 'errcode', errcode: 45009, corpId: blocked.corpId });
  expect(await refresh(0, first)).toEqual({ status: 200, asked: 1 });
  await waitFor('the other to hear of it', () => second.program.said().includes('another instance met a block'));
  await world.order('faults', { clear: true });
  expect(await refresh(1, second)).toEqual({ status: 200, asked: 0 });
  expect(await refresh(0, first)).toEqual({ status: 200, asked: 0 });
  await world.order('clock', { advance: '61s' });
  expect(await refresh(1, second)).toEqual({ status: 200, asked: 1 });
  expect(await refresh(0, first)).toEqual({ status: 200, asked: 1 });
});

test('an instance that leaves is counted out at once, and one that joins knows what WeCom has blocked', async () => {
  const path = '/cgi-bin/license/get_app_license_info';
  const blocked = await world.corp(MEMBERS);
  const ask = await logIn(0, blocked);
  const refresh = (server: Instance) => ask(server, '/api/verdict/refresh', { method: 'POST' });
  const counted = async ({ origin }: Instance): Promise<string | undefined> =>
    /^gate_instances (\d+)$/m.exec(await (await fetch(`${origin}/metrics`)).text())?.[1];
  await waitFor('both to be counted', async () => (await counted(first)) === '2' && (await counted(second)) === '2');
  await world.order('faults', { endpoint: path, kind: 'errcode', errcode: 45009, corpId: blocked.corpId });
  await refresh(first);
  await world.order('faults', { clear: true });
  second.program.child.kill('SIGTERM');
  expect(await second.program.ended).toBe(0);
  await waitFor('the first to be alone', async () => (await counted(first)) === '1', AT_ONCE_MS);
  await world.startAgain(1);
  second = world.servers[1] as Instance;
  await waitFor('both to be counted', async () => (await counted(first)) === '2', AT_ONCE_MS);
  const asked = countCalls(path, blocked);
  expect((await refresh(second)).status).toBe(200);
  expect(asked()).toBe(0);
});

test('when one instance is killed the other goes on, also with callbacks', async () => {
  const ask = await logIn(1);
  first.program.child.kill('SIGKILL');
  await first.program.ended;
  expect((await ask(second)).status).toBe(200);
  const newcomer = await world.corp(MEMBERS);
  const late = await logIn(0, newcomer);
  expect((await late(second)).status).toBe(200);
});
