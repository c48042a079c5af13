import { Client } from 'pg';
import { hashSecret } from '../../server/ids';
import { createRandom } from '../histories/random';
import { startInstances, type Instances } from '../support/instances';
import { waitFor } from '../support/wait-for';
import type { SandboxCorp } from '../support/world';

/** Decides after which request a process is killed; a failure names it. */
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const KILLS = 5;
/** Members who come between one kill and the next; each needs one activation. */
const WAVE = 5;
/** Longer than any request may take, also on a busy machine; one that takes longer hangs. */
const DEADLINE_MS = 15_000;

/** What is under way when a process is killed, and among how many of the kind the seed chooses. */
const MOMENTS: readonly { readonly path: RegExp; readonly among: number }[] = [
  // A member's seats were looked for, and are not bound yet.
  { path: /get_active_info_by_user$/, among: WAVE },
  // A code is used up, and the answer to it is lost.
  { path: /active_account_by_type$/, among: WAVE },
  // WeCom sends one callback after the other: those before this one have been acknowledged just now.
  { path: /^\/wecom\//, among: 8 },
  { path: /./, among: 40 },
];

const random = createRandom(SEED);
const firstMoment = random.int(MOMENTS.length);
const membersOf = (wave: number) => corp.members.slice(wave * WAVE, (wave + 1) * WAVE).map(({ userId }) => userId);

let world: Instances;
let database: Client;
let corp: SandboxCorp;
/** The orders that were placed in WeCom's console. */
const orders: string[] = [];
/** Cookies of everybody who was let in. */
const sessions: string[] = [];
let startedAtMs: number;

beforeAll(async () => {
  world = await startInstances(2);
  database = new Client({ connectionString: world.postgres.url });
  await database.connect();
  corp = await world.corp(Array.from({ length: KILLS * WAVE }, (_, nth) => `成员${nth + 1}`));
  // The trial ends.
  await world.order('clock', { advance: '91d' });
  await buy(KILLS * WAVE * 2);
  // Who scans a code is not activated by WeCom: the server does it.
  await world.order('auto-activation', { corpId: corp.corpId, on: true });
  await world.sandbox.callbacksSettled();
  startedAtMs = world.sandbox.clock.now();
}, 60_000);
afterAll(async () => {
  await database.end();
  await world.stop();
});

async function buy(base: number): Promise<void> {
  const { orderId } = await world.order<{ orderId: string }>('orders', { corpId: corp.corpId, base, months: 12 });
  await world.order(`orders/${orderId}/pay`, {});
  orders.push(orderId);
}

/** Fails when it takes too long. */
async function inTime<T>(what: string, doing: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} hangs`)), DEADLINE_MS);
  });
  return Promise.race([doing, over]).finally(() => clearTimeout(timer));
}

/** A request that may meet a server while it is killed: null then, and whoever asked asks again. */
async function unlessCutOff<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
  const asked = ask().catch((error: unknown) => {
    // What fetch throws when no answer comes.
    if (error instanceof TypeError) return null;
    throw error;
  });
  return inTime(what, asked);
}

/** Logs the member in; the cookie of the session, or null when a kill came between. */
async function logIn(userId: string): Promise<string | null> {
  const phone = await world.phone({ corpId: corp.corpId, userId });
  const address = await phone.addressOf('qr', '/records');
  await unlessCutOff('a login', () => phone.open(address));
  return phone.cookie(world.origin, 'gate_sid') ?? null;
}

type Answer = { readonly status: number; readonly outcome?: string; readonly reason?: string };

async function ask(cookie: string): Promise<Answer | null> {
  return unlessCutOff('a verdict', async () => {
    const answer = await fetch(`${world.origin}/api/verdict`, { headers: { cookie: `gate_sid=${cookie}` } });
    const body = await answer.text();
    const { outcome, reason } = JSON.parse(answer.ok ? body : '{}') as Omit<Answer, 'status'>;
    return { status: answer.status, outcome, reason };
  });
}

/** Logs a member in and asks until they are let in on a seat of their own. */
async function comeIn(userId: string): Promise<void> {
  let cookie: string | null = null;
  let last: Answer | null = null;
  const isIn = async () => {
    cookie ??= await logIn(userId);
    last = cookie === null ? null : await ask(cookie);
    if (last?.status === 401) cookie = null;
    return last?.outcome === 'allow' && last.reason === 'seat_valid' ? cookie : null;
  };
  const cookieOfMember = await waitFor(`${userId} to be let in`, isIn, 30_000).catch((error: unknown) => {
    throw new Error(`${userId} got ${JSON.stringify(last)}`, { cause: error });
  });
  sessions.push(cookieOfMember);
}

/** People join, leave and are shown and hidden, and the corp buys: each is told in callbacks. */
async function stir(wave: number): Promise<void> {
  for (let nth = 0; nth < 3; nth += 1) {
    const { corpId } = corp;
    const { userId } = await world.order<{ userId: string }>('members', { corpId, name: `新人${wave}-${nth}` });
    await world.order('members', { corpId, userId, action: 'hide' });
    if (random.chance(0.5)) await world.order('members', { corpId, userId, action: 'show' });
  }
  await buy(1);
}

/** Kills the process of this wave at a request that the seed chooses, to us or to WeCom. */
function killAt(wave: number): Promise<void> {
  const { among, path } = MOMENTS[(firstMoment + wave) % MOMENTS.length] ?? { path: /./, among: 1 };
  let left = 1 + random.int(among);
  return new Promise((resolve) => {
    const count = (asked: string): void => {
      if (!path.test(asked) || (left -= 1) > 0) return;
      for (const forget of listening) forget();
      world.servers[wave % 2]?.program.child.kill('SIGKILL');
      resolve();
    };
    const listening = [world.front.onAsked(count), world.calls.onAsked(count)];
  });
}

async function rows<T>(query: string, values: unknown[] = []): Promise<T[]> {
  return (await database.query(query, values)).rows as T[];
}

/** Callbacks that WeCom has sent since the start and counts as delivered, and what became of them here. */
async function delivered(): Promise<{ type: string; state: string }[]> {
  const records = world.sandbox.state.callbacks.filter(({ at, state }) => at >= startedAtMs && state === 'delivered');
  const stored = await rows<{ event_key: string; state: string }>('select event_key, state from inbox');
  const states = new Map(stored.map((row) => [row.event_key, row.state]));
  return records.map(({ channel, type, xml }) => ({
    type,
    state: states.get(hashSecret(`${channel}\n${xml}`)) ?? 'lost',
  }));
}

/** Jobs whose holder let the lease run out and that nobody has taken up. */
const abandonedJobs = () =>
  rows(
    `select id from jobs where state = 'waiting' and lease_token is not null
       and lease_until_ms <= extract(epoch from clock_timestamp()) * 1000`,
  );

/** Half a minute later: the leases of the dead have run out. Whoever lives loses a turn to another, and nothing else. */
async function leasesEnd(): Promise<void> {
  await world.order('clock', { advance: '1m' });
  await database.query('update jobs set lease_until_ms = 1 where lease_token is not null');
}

async function lastThrough(wave: number): Promise<void> {
  const killed = killAt(wave);
  const coming = Promise.all([stir(wave), ...membersOf(wave).map(comeIn)]);
  await inTime('the moment to kill', Promise.race([killed, coming.then(() => killed)]));
  await leasesEnd();
  await Promise.all([world.startAgain(wave % 2), coming]);
}

test(`whichever instance is killed at any moment, nothing is lost and nothing done twice (seed ${SEED})`, async () => {
  for (let wave = 0; wave < KILLS; wave += 1) await lastThrough(wave);
  await world.sandbox.callbacksSettled();

  // What was acknowledged is handled.
  expect(world.sandbox.state.callbacks.length).toBeLessThan(200);
  await waitFor(
    'the callbacks to be handled',
    async () => (await delivered()).every(({ state }) => state !== 'new'),
    20_000,
  );
  const callbacks = await delivered();
  expect(callbacks.length).toBeGreaterThan(KILLS * 6);
  expect(callbacks.filter(({ state }) => state !== 'done')).toEqual([]);

  // Who came has one code; nobody used up a second one, and nobody ordered any.
  const truth = world.sandbox.truth(corp.corpId);
  const used = truth.codes.filter(({ mergedInto, userId }) => userId !== null || mergedInto !== null);
  expect(used.map(({ userId }) => userId).sort()).toEqual(corp.members.map(({ userId }) => userId).sort());
  expect(used.filter(({ mergedFrom, mergedInto }) => mergedFrom !== null || mergedInto !== null)).toEqual([]);
  expect(truth.orders.map(({ orderId }) => orderId).sort()).toEqual([...orders].sort());

  // Everybody is still logged in and let in, by each instance.
  for (const server of world.servers) expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  const answers = await Promise.all(sessions.map(ask));
  expect(answers).toEqual(corp.members.map(() => ({ status: 200, outcome: 'allow', reason: 'seat_valid' })));

  await waitFor('abandoned jobs to be taken up', async () => (await abandonedJobs()).length === 0, 20_000);
  expect(await rows(`select id, message from jobs where state = 'dead'`)).toEqual([]);
});
