import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { describeFailure, runSeed } from '../test/histories/run-history';
import { openStage } from '../test/histories/stage';
import { startPostgres } from '../test/support/postgres';
import { run } from './run';

/**
 * `npm run test:histories -- [--count N] [--seed S] [--store embedded|postgres] [--processes P]`: plays N random
 * histories, one for each seed from S on, and compares the ledger each leaves with WeCom's truth. A failing one is
 * shortened and printed with its seed.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: String(availableParallelism()) },
    store: { type: 'string', default: 'embedded' },
  },
});
/** Stages side by side in one process: one waits for its server while another plays. */
const STAGES = 3;
/** How often one sees that it goes on. */
const TOLD_EVERY = 250;
/** After so many failures there is enough to look at. */
const MOST_FAILURES = 5;

const count = Number(values.count);
const seed = Number(values.seed);
const processes = Math.min(Number(values.processes), count);
if (values.store !== 'embedded' && values.store !== 'postgres')
  throw new Error(`--store takes embedded or postgres, not “${values.store}”`);

async function playHere(): Promise<number> {
  // Waiting for a disk proves nothing here.
  const postgres = values.store === 'postgres' ? await startPostgres() : null;
  let next = seed;
  let played = 0;
  let failed = 0;
  const work = async (): Promise<void> => {
    const stage = await openStage(postgres === null ? null : await postgres.createDatabase());
    while (next < seed + count && failed < MOST_FAILURES) {
      const failure = await runSeed(stage, next++);
      if ((played += 1) % TOLD_EVERY === 0) console.log(`${played} of ${count} histories from ${seed} on played`);
      if (failure === null) continue;
      failed += 1;
      console.log(describeFailure(failure));
    }
    await stage.close();
  };
  await Promise.all(Array.from({ length: Math.min(STAGES, count) }, work));
  await postgres?.stop();
  return failed;
}

/** Each process plays its share of the seeds. */
async function playInProcesses(): Promise<number> {
  const share = Math.ceil(count / processes);
  const shares = Array.from({ length: processes }, (_process, index) => index * share).filter((from) => from < count);
  const codes = await Promise.all(
    shares.map(async (from) => {
      const part = ['--seed', String(seed + from), '--count', String(Math.min(share, count - from))];
      const own = [...part, '--processes', '1', '--store', values.store];
      const { code } = await run(process.execPath, ['--import', 'tsx', 'scripts/histories.ts', ...own], { show: true });
      return code ?? 1;
    }),
  );
  return codes.filter((code) => code !== 0).length;
}

async function main(): Promise<void> {
  const startedAt = performance.now();
  const failed = processes > 1 ? await playInProcesses() : await playHere();
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = (count / seconds).toFixed(1);
  const outcome = failed === 0 ? 'all well' : 'FAILED';
  console.log(
    `histories ${seed} to ${seed + count - 1}, ${values.store}: ${outcome}, ${seconds.toFixed(0)} s, ${rate} a second`,
  );
  process.exit(failed === 0 ? 0 : 1);
}

void main();
