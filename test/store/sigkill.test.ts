import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../../server/store/store';
import { startPostgres, type TestPostgres } from '../support/postgres';

const ROUNDS = 4;
const WRITER = path.join(__dirname, 'kill/write-forever.ts');

/** Starts the writer, kills it with SIGKILL once `atLeast` rows were acknowledged, and gives back all it acknowledged. */
async function writeUntilKilled(databaseUrl: string, atLeast: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', tsxLoader(), WRITER, databaseUrl], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.length > atLeast * 44) child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${complaint}`);
  // What was cut off in the middle of a line was not acknowledged in full.
  return said.split('\n').slice(0, -1);
}

function tsxLoader(): string {
  return pathToFileURL(require.resolve('tsx')).href;
}

async function expectNothingLost(databaseUrl: string): Promise<void> {
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    acknowledged.push(...(await writeUntilKilled(databaseUrl, 50 + round * 400)));
    const store = await openStore(databaseUrl);
    const rows = await store.db.selectFrom('inbox').select('event_key').execute();
    await store.close();
    const kept = new Set(rows.map((row) => row.event_key));
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * 50);
}

test('what the embedded store acknowledged survives SIGKILL, round after round', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gate-kill-'));
  await expectNothingLost(folder);
  await rm(folder, { recursive: true, force: true });
});

describe('with PostgreSQL', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('what was acknowledged survives SIGKILL of the server process, round after round', async () => {
    await expectNothingLost(await postgres.createDatabase());
  });
});
