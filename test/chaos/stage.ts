import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleServer } from '../../scripts/build/bundle-server';
import { findCorp } from '../../server/store/corps';
import { openStore, type Store } from '../../server/store/store';
import { startInstances, type Instances } from '../support/instances';
import { waitFor } from '../support/wait-for';
import type { SandboxCorp } from '../support/world';
import { recordDeaths, type Deaths } from './deaths';

/** Two processes with all they do, a PostgreSQL of their own, WeCom, and what has been done to them so far. */
export type Stage = Omit<Instances, 'corp'> & {
  /** What is on record; not to be asked while PostgreSQL is away. */
  readonly store: Store;
  /** Where people come, and administrators change things. */
  readonly busy: SandboxCorp;
  /** Where nothing changes: its members have their seats and are known. */
  readonly quiet: SandboxCorp;
  readonly deaths: Deaths;
  /** Orders that somebody placed in WeCom's console. */
  readonly placed: string[];
  /** Buys accounts and pays. */
  readonly buy: (corp: SandboxCorp, base: number) => Promise<void>;
  /** Moves the clock that everything goes by. */
  readonly jump: (seconds: number) => Promise<void>;
  /** When the clock was moved, on the machine's time. */
  readonly jumps: readonly number[];
  /** SIGKILL; another is started at once, as a service manager does, and listens when this resolves. */
  readonly kill: (nth: number) => Promise<void>;
  /** Says what is about to happen, and what was found. */
  readonly tell: (line: string) => void;
  /** Notes what is wrong, in words; the same words once. */
  readonly say: (...wrong: readonly string[]) => void;
  readonly wrong: ReadonlySet<string>;
};

/** 2026-03-02 00:00 in Shanghai. */
const BEGINS_AT_MS = Date.parse('2026-03-02T00:00:00+08:00');
const HOUR_MS = 3_600_000;
const KNOWN = ['林一', '周二'];
const OFFICE = ['陈三', '吴四', '郑五', '王六'];
const WITHIN_MS = 60_000;

/** @param hour of the first day: nights and mornings bring jobs of their own */
export async function openStage(hour: number, tell: (line: string) => void): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-chaos-'));
  try {
    await bundleServer(folder);
    const world = await startInstances(2, {
      // Starts in a third of the time that the source takes. Its native packages come from ours.
      program: path.join(folder, 'main.cjs'),
      ownPostgres: true,
      startAtMs: BEGINS_AT_MS + hour * HOUR_MS,
      env: { LOG_LEVEL: 'info', NODE_PATH: path.resolve('node_modules') },
    });
    return await furnish(world, folder, tell);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function furnish(world: Instances, folder: string, tell: Stage['tell']): Promise<Stage> {
  const store = await openStore(world.postgres.url, { maxConnections: 2 });
  const stop = async (): Promise<void> => {
    await store.close();
    await world.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const deaths = recordDeaths(2);
  const wrong = new Set<string>();
  const placed: string[] = [];
  const jumps: number[] = [];
  const buy: Stage['buy'] = async ({ corpId }, base) => {
    const { orderId } = await world.order<{ orderId: string }>('orders', { corpId, base, months: 12 });
    await world.order(`orders/${orderId}/pay`, {});
    placed.push(orderId);
  };
  const jump: Stage['jump'] = async (seconds) => {
    jumps.push(performance.now());
    await world.order('clock', { advance: `${seconds}s` });
    jumps.push(performance.now());
  };
  const kill: Stage['kill'] = (nth) => {
    deaths.begins(nth);
    world.servers[nth]?.program.child.kill('SIGKILL');
    const again = startAgain(world, nth).then(() => deaths.ends(nth));
    // Whoever waits for it is told; when all ends before, nobody waits.
    void Promise.allSettled([again]);
    return again;
  };
  const say: Stage['say'] = (...words) => {
    for (const one of words) {
      if (!wrong.has(one)) tell(`! ${one}`);
      wrong.add(one);
    }
  };
  const tools = { ...world, store, deaths, placed, buy, jump, jumps, kill, tell, say, wrong, stop };
  try {
    return { ...tools, ...(await castCorps(tools)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One that waits in vain for PostgreSQL says so and ends; it is started once more. */
async function startAgain({ startAgain: start }: Instances, nth: number): Promise<void> {
  await start(nth).catch((error: unknown) => {
    if (!String(error).includes('The store cannot be reached')) throw error;
    return start(nth);
  });
}

/** Both corps with the app and accounts, their trials over; who is known has a seat. */
async function castCorps(tools: Omit<Stage, 'busy' | 'quiet'> & Instances): Promise<Pick<Stage, 'busy' | 'quiet'>> {
  const { buy, order, sandbox, store } = tools;
  const make = async (members: readonly string[]): Promise<SandboxCorp> => {
    const made = await tools.corp(members);
    const isInstalled = async () => (await findCorp(store.db, made.corpId))?.status === 'installed';
    await waitFor('the installation', isInstalled, WITHIN_MS);
    return made;
  };
  const busy = await make(OFFICE);
  const quiet = await make(KNOWN);
  await order('clock', { advance: '91d' });
  for (const corp of [busy, quiet]) {
    await buy(corp, KNOWN.length);
    // Who scans a code is not activated by WeCom: the server does it.
    await order('auto-activation', { corpId: corp.corpId, on: true });
  }
  for (const { userId } of quiet.members) await order('seats', { corpId: quiet.corpId, userId });
  await sandbox.callbacksSettled();
  await waitFor('the first callbacks to be handled', async () => !(await hasWaiting(store)), WITHIN_MS);
  return { busy, quiet };
}

async function hasWaiting({ db }: Store): Promise<boolean> {
  const row = await db.selectFrom('inbox').select('event_key').where('state', '=', 'new').executeTakeFirst();
  return row !== undefined;
}
