import { cpus, loadavg } from 'node:os';
import { measureCallbackRate } from '../test/bench/callback-rate';
import { formatFigures, type Figure } from '../test/bench/figure';
import { measurePageBytes } from '../test/bench/page-bytes';
import { measureScaleCallbacks } from '../test/bench/scale/scale-callbacks';
import { measureScaleReconcile } from '../test/bench/scale/scale-reconcile';
import { measureScaleVerdict } from '../test/bench/scale/scale-verdict';
import { measureServerStart } from '../test/bench/server-start';
import { measureVerdictRate } from '../test/bench/verdict-rate';
import { buildParts, type PartName } from './build/parts';
import { readCommandLine, showUsage } from './command-line';

/** What is measured, and what has to be built for it. */
type Bench = { readonly measure: (size: Size) => Promise<Figure[]>; readonly needs: readonly PartName[] };

/** How big the scale benches are; the full size takes long. */
type Size = { readonly corps: number; readonly seats: number };

const PRODUCT: readonly PartName[] = ['h5', 'gate', 'server'];

const BENCHES: Readonly<Record<string, Bench>> = {
  verdict: { measure: measureVerdictRate, needs: PRODUCT },
  callback: { measure: measureCallbackRate, needs: [] },
  start: { measure: measureServerStart, needs: PRODUCT },
  bytes: { measure: measurePageBytes, needs: PRODUCT },
  'scale-callbacks': { measure: measureScaleCallbacks, needs: [] },
  'scale-reconcile': { measure: measureScaleReconcile, needs: [] },
  'scale-verdict': { measure: measureScaleVerdict, needs: [] },
};

const USAGE = `npm run bench [-- NAME …] [--corps N] [--seats N]

The figures, each beside what it was measured against and its aim. --corps and --seats are the size of the scale ones.
Names: ${Object.keys(BENCHES).join(', ')}.`;

async function main(): Promise<void> {
  const { values: size, words: asked } = readCommandLine(USAGE, { corps: 1000, seats: 200 });
  const unknown = asked.find((name) => !(name in BENCHES));
  if (unknown) showUsage(USAGE, `There is no “${unknown}”`);
  const chosen = Object.entries(BENCHES).filter(([name]) => asked.length === 0 || asked.includes(name));
  await buildParts([...new Set(chosen.flatMap(([, { needs }]) => needs))], { onlyStale: true });
  const figures: Figure[] = [];
  for (const [name, { measure }] of chosen) {
    console.log(`measuring ${name} …`);
    figures.push(...(await measure(size)));
  }
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`\n${machine}\n\n${formatFigures(figures)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
