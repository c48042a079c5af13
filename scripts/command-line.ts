import { parseArgs } from 'node:util';

type Defaults = Readonly<Record<string, number | string>>;
export type CommandLine<T extends Defaults> = {
  readonly values: { readonly [K in keyof T]: T[K] extends number ? number : string };
  readonly words: readonly string[];
};

/** Says what the command takes; with a reason it was asked wrongly, and the process ends with 2. */
export function showUsage(usage: string, why?: string): never {
  if (why === undefined) console.log(usage);
  else console.error(`${why}\n\n${usage}`);
  process.exit(why === undefined ? 0 : 2);
}

/**
 * What this process was started with: options by name, each of the kind of its default (a number takes a whole number
 * from 1), and the other words. With `--help`, or with what it does not take, the process shows its usage and ends.
 */
export function readCommandLine<T extends Defaults>(usage: string, defaults: T): CommandLine<T> {
  const { options, words } = parse(usage, Object.keys(defaults));
  const read = ([name, ifNone]: [string, number | string]): [string, number | string] => {
    const text = options[name];
    if (text === undefined || typeof ifNone === 'string') return [name, text ?? ifNone];
    const count = Number(text);
    if (Number.isSafeInteger(count) && count > 0) return [name, count];
    return showUsage(usage, `--${name} takes a whole number from 1, not “${text}”`);
  };
  const values = Object.fromEntries(Object.entries(defaults).map(read));
  return { values: values as CommandLine<T>['values'], words };
}

function parse(usage: string, names: readonly string[]) {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    const { help, ...given } = values;
    if (help) showUsage(usage);
    return { options: given as Readonly<Record<string, string | undefined>>, words: positionals };
  } catch (error) {
    return showUsage(usage, error instanceof Error ? error.message : String(error));
  }
}
