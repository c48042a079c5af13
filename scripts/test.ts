import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildParts, type PartName } from './build/parts';
import { bin, run } from './run';
import { countLane, EMPTY, sum, type Count, type JestReport } from './test-count';

type JestConfig = { projects: { displayName: string }[] };

/**
 * `npm test [-- LANE … [jest options]]`: every lane, or the named ones. A lane in which no test is found fails. The last
 * line is ours: the totals over all lanes.
 */
const { projects } = createRequire(path.resolve('package.json'))('./jest.config.cjs') as JestConfig;
const LANES = projects.map(({ displayName }) => displayName);
const CACHE = path.resolve('node_modules/.cache');
/** What each of these needs built. They have the machine for themselves, one file at a time: a browser that has to share it is slow. */
const LANES_ON_BUILDS: Readonly<Record<string, readonly PartName[]>> = {
  e2e: ['h5', 'gate', 'server'],
  weapp: ['weapp'],
};

type Wanted = { lanes: readonly string[]; jestOptions: readonly string[] };

function readArguments(args: readonly string[]): Wanted {
  const optionsFrom = args.findIndex((arg) => arg.startsWith('-'));
  const named = optionsFrom === -1 ? args : args.slice(0, optionsFrom);
  const unknown = named.find((lane) => !LANES.includes(lane));
  if (unknown) throw new Error(`There is no lane “${unknown}”. Lanes: ${LANES.join(', ')}`);
  return { lanes: named.length > 0 ? named : LANES, jestOptions: optionsFrom === -1 ? [] : args.slice(optionsFrom) };
}

async function runLanes(lanes: readonly string[], options: readonly string[]): Promise<Count> {
  if (lanes.length === 0) return EMPTY;
  mkdirSync(CACHE, { recursive: true });
  const reportFile = path.join(CACHE, `jest-${process.pid}-${lanes.join('-')}.json`);
  const args = ['-c', 'jest.config.cjs', '--json', '--outputFile', reportFile, '--selectProjects', ...lanes];
  const { code } = await run(bin('jest'), [...args, ...options], { show: true });
  const report = readReport(reportFile);
  const counts = lanes.map((lane) => countLane(lane, report));
  const total = counts.reduce(sum, EMPTY);
  // Jest may fail without a failed test: a coverage threshold, an unhandled error, a crash.
  return code !== 0 && total.failed === 0 ? { ...total, failed: 1 } : total;
}

function readReport(file: string): JestReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  } catch (error) {
    console.error(`Jest left no report: ${String(error)}`);
    return { testResults: [] };
  } finally {
    rmSync(file, { force: true });
  }
}

async function main(): Promise<void> {
  const { lanes, jestOptions } = readArguments(process.argv.slice(2));
  const onBuilds = lanes.filter((lane) => LANES_ON_BUILDS[lane]);
  const parts = onBuilds.flatMap((lane) => LANES_ON_BUILDS[lane] ?? []);
  await buildParts(parts, { onlyStale: true });
  const plain = await runLanes(
    lanes.filter((lane) => !onBuilds.includes(lane)),
    jestOptions,
  );
  const total = sum(plain, await runLanes(onBuilds, ['--runInBand', ...jestOptions]));
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
