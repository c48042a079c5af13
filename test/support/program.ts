import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from './wait-for';

const ROOT = path.join(__dirname, '../..');

/** A program of ours in a process of its own. */
export type Program = {
  readonly child: ChildProcess;
  /** Everything it wrote to standard output and standard error. */
  readonly said: () => string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
};

/**
 * Starts a source file, or a built one, with nothing in its environment but what is given.
 * @param file relative to the project, such as `server/main.ts`
 */
export function startProgram(file: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Program {
  const loader = file.endsWith('.ts') ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
  const child = spawn(process.execPath, [...loader, path.resolve(ROOT, file), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => ((said += chunk.toString()), (output += chunk.toString())));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said: () => said, output: () => output, ended };
}

/** Waits until the program has said something; fails when it ends before. */
export async function untilSaid({ child, said }: Program, words: string): Promise<void> {
  await waitFor(`the program to say ${words}`, () => said().includes(words) || child.exitCode !== null, 30_000);
  if (!said().includes(words)) throw new Error(`ended with ${child.exitCode}: ${said()}`);
}
