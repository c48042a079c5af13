import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const STAMPS = 'dist/.stamps';

function filesUnder(input: string): string[] {
  if (!existsSync(input)) return [];
  if (statSync(input).isFile()) return [input];
  return readdirSync(input, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(input, file))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** A fingerprint of the inputs' names and contents; dates do not matter, so that a fresh clone and a checkout agree. */
export function fingerprint(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesUnder)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Whether the output exists and was made from exactly these inputs. */
export function isFresh(name: string, output: string, print: string): boolean {
  const stamp = path.join(STAMPS, name);
  return existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

/** Remembers what the output was made from. */
export function writeStamp(name: string, print: string): void {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(path.join(STAMPS, name), print);
}
