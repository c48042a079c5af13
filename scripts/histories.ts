import { availableParallelism } from 'node:os';
import { describeFailure, runSeed } from '../test/histories/run-history';
import { openStage } from '../test/histories/stage';
import { startPostgres } from '../test/support/postgres';
import { readCommandLine, showUsage } from './command-line';
import { run } from './run';

const USAGE = `npm run test:histories -- [--count N] [--seed S] [--store embedded|postgres] [--processes P]

Plays N random histories, one for each seed from S on, and compares the ledger each leaves with WeCom's truth. A failing
one is shortened and printed with its seed.`;

const { values, words } = readCommandLine(USAGE, {
  count: 500,
  seed: 1,
  processes: availableParallelism(),
  store: 'embedded',
});
/** Stages side by side in one process: one waits for its server while another plays. */
const STAGES = 3;
/** How often one sees that it goes on. */
const TOLD_EVERY = 250;
/** After so many failures there is enough to look at. */
const MOST_FAILURES = 5;

const { count, seed, store } = values;
const processes = Math.min(values.processes, count);
if (words.length > 0) showUsage(USAGE, `It takes no “${words.join(' ')}”`);
if (store !== 'embedded' && store !== 'postgres')
  showUsage(USAGE, `--store takes embedded or postgres, not “${store}”`);

async function playHere(): Promise<number> {
  // Waiting for a disk proves nothing here.
  const postgres = store === 'postgres' ? await startPostgres() : null;
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
      const own = [...part, '--processes', '1', '--store', store];
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
    `histories ${seed} to ${seed + count - 1}, ${store}: ${outcome}, ${seconds.toFixed(0)} s, ${rate} a second`,
  );
  process.exit(failed === 0 ? 0 : 1);
}

void main();
