import { cpus } from 'node:os';
import { measureCallbackRate } from '../test/bench/callback-rate';
import { formatFigures, type Figure } from '../test/bench/figure';
import { measurePageBytes } from '../test/bench/page-bytes';
import { measureServerStart } from '../test/bench/server-start';
import { measureVerdictRate } from '../test/bench/verdict-rate';
import { buildParts } from './build/parts';

/** `npm run bench [-- NAME …]`: the performance figures, each beside what it was measured against and its aim. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  verdict: measureVerdictRate,
  callback: measureCallbackRate,
  start: measureServerStart,
  bytes: measurePageBytes,
};

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !(name in BENCHES));
  if (unknown) throw new Error(`There is no bench “${unknown}”: ${Object.keys(BENCHES).join(', ')}`);
  await buildParts(['h5', 'gate', 'server'], { onlyStale: true });
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(BENCHES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`measuring ${name} …`);
    figures.push(...(await measure()));
  }
  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n\n${formatFigures(figures)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
