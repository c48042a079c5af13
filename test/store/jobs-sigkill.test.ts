import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { listJobs } from '../../server/store/job-overview';
import { saveJob } from '../../server/store/jobs';
import { openStore, type Store } from '../../server/store/store';
import { startPostgres, type TestPostgres } from '../support/postgres';
import { waitFor } from '../support/wait-for';
import { buildJob } from './battery/build-rows';

const WORKER = path.join(__dirname, 'kill/work-until-killed.ts');
const JOBS = 240;
const KILLS = 4;

type Instance = { readonly process: ChildProcess; readonly complaint: () => string; readonly ended: Promise<unknown> };

function startInstance(databaseUrl: string): Instance {
  const loader = pathToFileURL(require.resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', loader, WORKER, databaseUrl], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  return { process: child, complaint: () => complaint, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function kill(instance: Instance | undefined): Promise<void> {
  if (instance === undefined) return;
  if (instance.process.exitCode !== null) throw new Error(`an instance ended by itself: ${instance.complaint()}`);
  instance.process.kill('SIGKILL');
  await instance.ended;
}

type Effect = { readonly kind: string; readonly n: number };

async function readEffects(store: Store): Promise<Effect[]> {
  return (await sql<Effect>`select kind, n from effects`.execute(store.db)).rows;
}

async function expectEachJobOnce(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl);
  await sql`create table effects (kind text, n integer, at_ms bigint)`.execute(store.db);
  for (let n = 0; n < JOBS; n++) {
    const row = buildJob(`job-${n}`, { kind: 'mark', corp_id: `corp-${n % 16}`, payload_json: JSON.stringify({ n }) });
    await saveJob(store.db, row, false);
  }
  const marks = async () => (await readEffects(store)).filter(({ kind }) => kind === 'mark');
  const instances = [startInstance(databaseUrl), startInstance(databaseUrl)];
  for (let killed = 1; killed <= KILLS; killed++) {
    await waitFor(
      `share ${killed} of the jobs`,
      async () => (await marks()).length >= (JOBS * killed) / (KILLS + 2),
      60_000,
    );
    await kill(instances.shift());
    instances.push(startInstance(databaseUrl));
  }
  const waiting = () => listJobs(store.db, { kind: 'mark', state: 'waiting' }, 1);
  await waitFor('the last job', async () => (await waiting()).length === 0, 60_000);
  const slots = () => listJobs(store.db, { kind: 'sweep' }, 1000);
  await waitFor('some slots of the schedule', async () => (await slots()).length >= 12, 60_000);
  for (const instance of instances) await kill(instance);

  const done = (await marks()).map(({ n }) => n).sort((a, b) => a - b);
  expect(done).toEqual(Array.from({ length: JOBS }, (_, n) => n));
  const sweeps = (await readEffects(store)).filter(({ kind }) => kind === 'sweep').length;
  expect(sweeps).toBe((await slots()).filter(({ state }) => state === 'done').length);
  await store.close();
}

test('embedded: two instances, killed four times, do every job and every slot of a schedule exactly once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-jobs-'));
  await expectEachJobOnce(folder);
  await rm(folder, { recursive: true, force: true });
}, 120_000);

describe('with PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('two instances, killed four times, do every job and every slot of a schedule exactly once', async () => {
    await expectEachJobOnce(await postgres.createDatabase());
  }, 120_000);
});
