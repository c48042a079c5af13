import { execFileSync } from 'node:child_process';
import path from 'node:path';

type Rule = { rule: string; file: string; refused: string; says: RegExp; accepted: string; acceptedIn?: string };

const USE = 'void thing;\n';

/** Each boundary: what it refuses and what it says then, and the twin it accepts. */
const RULES: readonly Rule[] = [
  {
    rule: 'domain/ imports only itself',
    file: 'domain/words/new.ts',
    refused: `import { thing } from '../../server/config';\n${USE}`,
    says: /domain\/ imports only itself: take what you need as an argument/,
    accepted: `import { thing } from '../calendar';\n${USE}`,
  },
  {
    rule: 'domain/ imports no package but dayjs',
    file: 'domain/new.ts',
    refused: `import { readFile as thing } from 'node:fs';\n${USE}`,
    says: /imports no package but dayjs: take the value as an argument/,
    accepted: `import thing from 'dayjs';\n${USE}`,
  },
  {
    rule: 'src/ takes only types from server/',
    file: 'src/gate/new.tsx',
    refused: `import { thing } from '../../server/http/contract/verdict';\n${USE}`,
    says: /takes only types from server\/: use `import type`/,
    accepted: "import type { Thing } from '../../server/http/contract/verdict';\nexport type Mine = Thing;\n",
  },
  {
    rule: 'an import() crosses no boundary either',
    file: 'src/gate/new.tsx',
    refused: "export const thing = import('../../server/config');\n",
    says: /takes only types from server\//,
    accepted: "export const thing = import('../../domain/verdict');\n",
  },
  {
    rule: 'src/ does not reach the sandbox',
    file: 'src/new.ts',
    refused: `import { thing } from '../sandbox/clock';\n${USE}`,
    says: /src\/ talks to the server only/,
    accepted: `import { thing } from '../domain/calendar';\n${USE}`,
  },
  {
    rule: 'server/ takes only types from src/',
    file: 'server/http/new.ts',
    refused: `import { thing } from '../../src/gate/gate-state';\n${USE}`,
    says: /server\/ takes only types from src\//,
    accepted: "import type { Thing } from '../../src/gate/gate-state';\nexport type Mine = Thing;\n",
  },
  {
    rule: 'server/ does not import the sandbox',
    file: 'server/new.ts',
    refused: `import { thing } from '../sandbox/clock';\n${USE}`,
    says: /knows WeCom only over HTTP/,
    accepted: `import { thing } from './clock';\n${USE}`,
  },
  {
    rule: 'server/ does not import tests',
    file: 'server/store/new.ts',
    refused: `import { thing } from '../../test/support/postgres';\n${USE}`,
    says: /Programs do not import tests or scripts/,
    accepted: `import { thing } from './schema';\n${USE}`,
  },
  ...['domain', 'server', 'src'].map((theirs) => ({
    rule: `sandbox/ imports nothing from ${theirs}/`,
    file: 'sandbox/licences/new.ts',
    refused: `import type { Thing } from '../../${theirs}/thing';\nexport type Mine = Thing;\n`,
    says: /sandbox\/ is the independent judge: write its own reading/,
    accepted: "import type { Thing } from '../state/thing';\nexport type Mine = Thing;\n",
  })),
  {
    rule: 'only src/platform/ says TARO_ENV',
    file: 'src/gate/new.ts',
    refused: "export const thing = process.env.TARO_ENV === 'h5';\n",
    says: /Only src\/platform\/ says TARO_ENV: put the difference into a/,
    accepted: "export const thing = process.env.TARO_ENV === 'h5';\n",
    acceptedIn: 'src/platform/new.ts',
  },
  {
    rule: 'only server/main.ts reads process.env',
    file: 'server/config.ts',
    refused: 'export const thing = process.env.PORT;\n',
    says: /Only main\.ts reads process\.env: add the variable to the config/,
    accepted: 'export const thing = process.env.PORT;\n',
    acceptedIn: 'server/main.ts',
  },
  {
    rule: 'the environment does not come in by another door',
    file: 'server/config.ts',
    refused: "import { env } from 'node:process';\nexport const thing = env.PORT;\n",
    says: /Only main\.ts reads process\.env/,
    accepted: "import { join } from 'node:path';\nexport const thing = join('a');\n",
  },
  ...['Date.now()', 'new Date()', 'performance.now()', 'process.hrtime.bigint()', '[1].map(Date.now)'].map((clock) => ({
    rule: `the server reads no clock by ${clock}`,
    file: 'server/licences/new.ts',
    refused: `export const thing = () => ${clock};\n`,
    says: /No clock is read here: use deps\.clock\.now\(\)/,
    accepted: 'export const thing = (atMs: number) => new Date(atMs);\n',
  })),
  ...['domain', 'src', 'sandbox'].map((room) => ({
    rule: `${room}/ reads no clock`,
    file: `${room}/new.ts`,
    refused: 'export const thing = () => Date.now();\n',
    says: /No clock is read here: /,
    accepted: 'export const thing = () => Date.now();\n',
    acceptedIn: room === 'sandbox' ? 'sandbox/clock.ts' : 'src/platform/clock.ts',
  })),
  {
    rule: 'there is no any',
    file: 'server/new.ts',
    refused: 'export const thing = (value: any): unknown => value;\n',
    says: /Unexpected any/,
    accepted: 'export const thing = (value: unknown): unknown => value;\n',
  },
  {
    rule: 'a rule cannot be switched off in place',
    file: 'server/new.ts',
    refused:
      '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const thing = (value: any): unknown => value;\n',
    says: /Unexpected any/,
    accepted: '// says why\nexport const thing = (value: unknown): unknown => value;\n',
  },
  {
    rule: 'the type checker cannot be switched off in place',
    file: 'server/new.ts',
    refused: '// @ts-expect-error because\nexport const thing: number = 1;\n',
    says: /Do not use "@ts-expect-error"/,
    accepted: '// because\nexport const thing: number = 1;\n',
  },
  ...['catch {}', 'catch { /* fine */ }'].map((silent) => ({
    rule: `an error is not swallowed by ${silent}`,
    file: 'server/new.ts',
    refused: `export const thing = (): void => {\n  try { thing(); } ${silent}\n};\n`,
    says: /Nothing is swallowed: handle the error, log it, or let it pass/,
    accepted: 'export const thing = (): unknown => {\n  try { return thing(); } catch (error) { return error; }\n};\n',
  })),
  ...['() => {}', '() => undefined'].map((silent) => ({
    rule: `a promise is not silenced by .catch(${silent})`,
    file: 'sandbox/new.ts',
    refused: `export const thing = (work: Promise<void>) => work.catch(${silent});\n`,
    says: /Nothing is swallowed/,
    accepted: 'export const thing = (work: Promise<void>) => work.catch((error: unknown) => String(error));\n',
  })),
];

function lint(snippets: { file: string; code: string }[]): string[][] {
  const input = JSON.stringify(snippets.map(({ file, code }) => ({ file: path.resolve(file), code })));
  const output = execFileSync(process.execPath, ['test/house/lint-snippets.mjs'], { input, encoding: 'utf8' });
  return JSON.parse(output) as string[][];
}

const refusedMessages = lint(RULES.map(({ file, refused }) => ({ file, code: refused })));
const acceptedMessages = lint(
  RULES.map(({ file, acceptedIn, accepted }) => ({ file: acceptedIn ?? file, code: accepted })),
);

test.each(RULES.map((rule, index) => ({ ...rule, index })))('$rule', ({ says, index }) => {
  expect(refusedMessages[index]).toContainEqual(expect.stringMatching(says));
  expect(acceptedMessages[index]).toEqual([]);
});
