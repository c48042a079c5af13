import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCallbackRate } from '../test/bench/callback-rate';
import { formatFigures, type Figure } from '../test/bench/figure';
import { measurePageBytes } from '../test/bench/page-bytes';
import { measureScaleCallbacks } from '../test/bench/scale/scale-callbacks';
import { measureScaleReconcile } from '../test/bench/scale/scale-reconcile';
import { measureScaleVerdict } from '../test/bench/scale/scale-verdict';
import { measureServerStart } from '../test/bench/server-start';
import { measureVerdictRate } from '../test/bench/verdict-rate';
import { buildParts, type PartName } from './build/parts';

/** What is measured, and what has to be built for it. */
type Bench = { readonly measure: (size: Size) => Promise<Figure[]>; readonly needs: readonly PartName[] };

/** How big the scale benches are; the full size takes long. */
type Size = { readonly corps: number; readonly seats: number };

const PRODUCT: readonly PartName[] = ['h5', 'gate', 'server'];

/** `npm run bench [-- NAME …] [--corps N] [--seats N]`: the figures, each beside what it was measured against and its aim. */
const BENCHES: Readonly<Record<string, Bench>> = {
  verdict: { measure: measureVerdictRate, needs: PRODUCT },
  callback: { measure: measureCallbackRate, needs: [] },
  start: { measure: measureServerStart, needs: PRODUCT },
  bytes: { measure: measurePageBytes, needs: PRODUCT },
  'scale-callbacks': { measure: measureScaleCallbacks, needs: [] },
  'scale-reconcile': { measure: measureScaleReconcile, needs: [] },
  'scale-verdict': { measure: measureScaleVerdict, needs: [] },
};

function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { corps: { type: 'string', default: '1000' }, seats: { type: 'string', default: '200' } },
  });
  const unknown = positionals.find((name) => !(name in BENCHES));
  if (unknown) throw new Error(`There is no bench “${unknown}”: ${Object.keys(BENCHES).join(', ')}`);
  return {
    asked: positionals,
    size: { corps: readCount('corps', values.corps), seats: readCount('seats', values.seats) },
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new Error(`--${name} takes a whole number from 1, not “${text}”`);
  return count;
}

async function main(): Promise<void> {
  const { asked, size } = readArguments();
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
