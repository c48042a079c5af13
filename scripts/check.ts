import { bin, inSeconds, run } from './run';

/** `npm run check`: everything that can be said about the code without running it, side by side. */
const CHECKS: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'types', command: bin('tsc'), args: ['-p', '.'] },
  { name: 'lint', command: bin('eslint'), args: ['.', '--max-warnings', '0'] },
  { name: 'format', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'dead code', command: bin('knip'), args: ['--no-progress'] },
  { name: 'duplicates', command: bin('jscpd'), args: ['domain', 'server', 'src', 'config', 'scripts'] },
  // Tests say their set-up in full where that reads better; only longer repetitions count.
  { name: 'duplicates in tests', command: bin('jscpd'), args: ['--min-tokens', '140', 'test'] },
  // On its own: the sandbox judges the server, so it says again what the server says.
  { name: 'duplicates in the sandbox', command: bin('jscpd'), args: ['sandbox'] },
  { name: 'licences', command: bin('tsx'), args: ['scripts/check-licences.ts'] },
];

async function check({ name, command, args }: (typeof CHECKS)[number]): Promise<boolean> {
  const startedAt = performance.now();
  const { code, output } = await run(command, args, { env: { ...process.env, FORCE_COLOR: '0' } });
  if (code !== 0) console.log(`\n--- ${name}\n${output}\n`);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(25)}  ${inSeconds(performance.now() - startedAt)}`);
  return code === 0;
}

async function main(): Promise<void> {
  const only = process.argv.slice(2);
  const chosen = CHECKS.filter(({ name }) => only.length === 0 || only.includes(name));
  const passed = await Promise.all(chosen.map(check));
  const failed = passed.filter((ok) => !ok).length;
  console.log(`\n${passed.length - failed} checks clean, ${failed} not`);
  process.exitCode = failed > 0 || passed.length === 0 ? 1 : 0;
}

void main();
