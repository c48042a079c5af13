import { runChaos } from '../test/chaos/run-chaos';
import { readCommandLine, showUsage } from './command-line';

const USAGE = `npm run test:chaos -- [--rounds N] [--seed S]

N storms one after the other over two server processes, a PostgreSQL and the sandbox; what strikes when is decided by
the seed. Ends at the first round that leaves something wrong.`;

const { values, words } = readCommandLine(USAGE, { rounds: 10, seed: 1 });
const { rounds, seed } = values;
if (words.length > 0) showUsage(USAGE, `It takes no “${words.join(' ')}”`);

async function main(): Promise<void> {
  const startedAt = performance.now();
  const { seen, wrong } = await runChaos({
    seed,
    rounds,
    tell: (line) => console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} ${line}`),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `chaos of seed ${seed}: ${wrong.length === 0 ? 'all well' : 'FAILED'}, ${seconds} s, ${JSON.stringify(seen)}`,
  );
  process.exit(wrong.length === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
