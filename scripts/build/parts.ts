import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { bin, inKilobytes, inSeconds, run } from '../run';
import { bundleServer } from './bundle-server';
import { reportMiniProgramSize } from './mini-program-size';
import { precompress, type Weight } from './precompress';
import { fingerprint, isFresh, writeStamp } from './stamp';
import { WEAPP_SERVER_ORIGIN } from './weapp-server-origin';

/** One thing that is built: from what, into what, and how. `make` returns one line about the result. */
type Part = {
  readonly name: PartName;
  readonly inputs: readonly string[];
  readonly output: string;
  /** What else decides the result, beside the files. */
  readonly settings?: string;
  readonly make: () => Promise<string>;
};

export type PartName = 'h5' | 'weapp' | 'gate' | 'server';

const FRONT_END = ['src', 'domain', 'config', 'babel.config.js', 'package-lock.json', 'tsconfig.json'];

/** Runs a build tool; it is only heard when it fails. */
async function tool(name: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { code, output } = await run(bin(name), args, { env: { ...process.env, NODE_ENV: 'production', ...env } });
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}\n${output}`);
}

function describe(weights: readonly Weight[]): string {
  const total = (key: 'raw' | 'brotli') => inKilobytes(weights.reduce((sum, weight) => sum + weight[key], 0));
  return `${weights.length} files, ${total('raw')}, ${total('brotli')} with brotli`;
}

/** Everything in a folder, as it is on disk. */
function weigh(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(path.join(folder, file)),
  );
  return inKilobytes(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0));
}

/** Builds the H5 into `output`, assets precompressed. `env` chooses a variant of config/. */
export async function buildH5(output: string, env: Record<string, string> = {}): Promise<Weight[]> {
  await rm(output, { recursive: true, force: true });
  await tool('taro', ['build', '--type', 'h5'], { ...env, H5_OUTPUT: output });
  return precompress(output);
}

const PARTS: readonly Part[] = [
  {
    name: 'h5',
    inputs: [...FRONT_END, 'server/http/contract', 'scripts/build'],
    output: 'dist/h5/index.html',
    make: async () => describe(await buildH5('dist/h5')),
  },
  {
    name: 'gate',
    inputs: [...FRONT_END, 'scripts/build-gate.ts'],
    output: 'dist/gate/render.cjs',
    make: async () => {
      await tool('tsx', ['scripts/build-gate.ts']);
      return weigh('dist/gate');
    },
  },
  {
    name: 'server',
    inputs: ['server', 'domain', 'package-lock.json', 'tsconfig.json', 'scripts/build'],
    output: 'dist/server/main.cjs',
    make: async () => {
      await bundleServer('dist/server');
      return inKilobytes(statSync('dist/server/main.cjs').size);
    },
  },
  {
    name: 'weapp',
    inputs: [...FRONT_END, 'server/http/contract', 'scripts/build', 'project.config.json'],
    output: 'dist/weapp/app.json',
    settings: WEAPP_SERVER_ORIGIN,
    make: async () => {
      await rm('dist/weapp', { recursive: true, force: true });
      await tool('taro', ['build', '--type', 'weapp'], { SERVER_ORIGIN: WEAPP_SERVER_ORIGIN });
      return reportMiniProgramSize('dist/weapp');
    },
  },
];

async function makePart(part: Part, print: string): Promise<void> {
  const startedAt = performance.now();
  console.log(`building ${part.name} …`);
  const result = await part.make();
  writeStamp(part.name, print);
  console.log(`built    ${part.name.padEnd(6)}  ${inSeconds(performance.now() - startedAt).padStart(7)}  ${result}`);
}

/** Builds the named parts side by side; with `onlyStale`, those whose inputs have changed since they were built. */
export async function buildParts(names: readonly PartName[], options: { onlyStale: boolean }): Promise<void> {
  const wanted = PARTS.filter(({ name }) => names.includes(name)).map((part) => ({
    part,
    print: fingerprint(part.inputs) + (part.settings ?? ''),
  }));
  const stale = wanted.filter(({ part, print }) => !options.onlyStale || !isFresh(part.name, part.output, print));
  await Promise.all(stale.map(({ part, print }) => makePart(part, print)));
}
