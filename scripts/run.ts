import { spawn, type SpawnOptions } from 'node:child_process';
import path from 'node:path';

/** What a finished program said. `output` is empty when it wrote to our own terminal. */
export type Finished = { readonly code: number; readonly output: string };

/** The program of an installed package. */
export const bin = (name: string): string => path.resolve('node_modules/.bin', name);

/**
 * Runs a program to its end. With `show` it writes to our terminal, otherwise its output is collected.
 * Ctrl-C reaches it as a member of our process group.
 */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { show?: boolean } = {},
): Promise<Finished> {
  const { show = false, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'], ...rest });
    const said: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code: code ?? (signal ? 1 : 0), output: Buffer.concat(said).toString('utf8').trim() });
    });
  });
}

/** `1.2 s`, `340 ms`. */
export function inSeconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `12.3 KB`; a kilobyte is 1024 bytes. */
export function inKilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
