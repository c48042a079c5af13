import path from 'node:path';
import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import { buildDeps } from '../build-deps';
import { systemClock, type Clock } from '../clock';
import { ConfigError, parseConfig, type Config } from '../config';
import type { Deps } from '../deps';
import { asStoreFault } from '../store/faults';
import { createLog } from '../log';
import { createMetrics } from '../metrics';
import { followSandboxClock } from '../sandbox-clock';
import { shareEvents } from '../share-events';
import { NoStoreError } from '../store/embedded';
import { findPendingMigrations } from '../store/migrate';
import { openStore } from '../store/store';
import { OperatorError, stringOption, type Command, type Options, type Report } from './command';
import { callbacks, replay } from './commands/callbacks';
import { corp, corps } from './commands/corps';
import { explain } from './commands/explain';
import { history } from './commands/history';
import { jobs, runJob } from './commands/jobs';
import { rotateDataKey } from './commands/rotate-data-key';
import { examine } from './doctor/run-doctor';
import { showFindings } from './doctor/show';
import { chooseLanguage } from './text';

type Env = Readonly<Record<string, string | undefined>>;
type Output = { readonly write: (said: string) => unknown; readonly isTTY?: boolean };

const COMMANDS: readonly Command[] = [corps, corp, history, explain, callbacks, replay, jobs, runJob, rotateDataKey];
const OPTIONS = {
  json: { type: 'boolean' },
  lang: { type: 'string' },
  state: { type: 'string' },
  kind: { type: 'string' },
  corp: { type: 'string' },
  after: { type: 'string' },
  entry: { type: 'string' },
  capability: { type: 'string' },
  ask: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
const STORE_WITHIN_MS = 5000;

/** One command of an operator, to its end. Returns the exit code: 0 well, 1 something is wrong, 2 asked wrongly. */
export async function runOperator(argv: readonly string[], env: Env, out: Output, err: Output): Promise<number> {
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    const [name = 'help', ...args] = values.help ? [] : positionals;
    const report = await reportOf(name, args, values, env, out.isTTY === true);
    out.write(
      values.json ? `${JSON.stringify(report.json, null, 2)}\n` : report.lines.map((line) => `${line}\n`).join(''),
    );
    return report.failed ? 1 : 0;
  } catch (error) {
    err.write(`${explainEnd(error)}\n`);
    return isMisuse(error) ? 2 : 1;
  }
}

function reportOf(
  name: string,
  args: readonly string[],
  options: Options,
  env: Env,
  colours: boolean,
): Promise<Report> {
  if (name === 'help') return Promise.resolve(usage());
  if (name === 'doctor') return doctor(options, env, colours);
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) throw new OperatorError(`no command ${name}\n\n${usage().lines.join('\n')}`);
  if (args.length < command.needs) throw new OperatorError(`usage: ${command.name} ${command.takes}`);
  return withDeps(parseConfig(env), async (deps) => {
    await requireTables(deps);
    // What a command changes has to reach the servers that run.
    const shared = deps.store.shared && shareEvents({ ...deps, channel: deps.store.shared.channel });
    return command.run({ deps, args, options }).finally(() => shared?.stop());
  });
}

/** Commands know today's tables only; what a store lacks the server adds when it starts. */
async function requireTables({ store }: Deps): Promise<void> {
  const pending = await findPendingMigrations(store.db);
  if (pending.length > 0)
    throw new OperatorError(
      `this store lacks ${pending.join(', ')}: is DATABASE_URL right? Starting the server brings it up to date`,
    );
}

function usage(): Report {
  const rows = COMMANDS.map(({ does, name, takes }) => [`  ${name} ${takes}`.trimEnd(), `      ${does}`]);
  const doctorRows = ['  doctor [--lang zh|en]', '      checks the configuration against WeCom and says what to fix'];
  return {
    lines: ['Commands; each takes --json:', ...doctorRows, ...rows.flat()],
    json: COMMANDS.map(({ name }) => name),
  };
}

async function doctor(options: Options, env: Env, colours: boolean): Promise<Report> {
  const language = chooseLanguage(stringOption(options, 'lang'), env.LC_ALL ?? env.LANG);
  const config = parseConfig(env);
  const clock = await clockFor(config);
  try {
    const { deps, fault } = await openDeps(config, clock.clock).then(
      (opened) => ({ deps: opened, fault: null }),
      (error: unknown) => ({ deps: null, fault: error }),
    );
    const findings = await examine({ config, clock: clock.clock, deps }, fault);
    await deps?.store.close();
    return showFindings(findings, language, colours);
  } finally {
    clock.close();
  }
}

async function withDeps<T>(config: Config, work: (deps: Deps) => Promise<T>): Promise<T> {
  const { clock, close } = await clockFor(config);
  try {
    const deps = await openDeps(config, clock);
    return await work(deps).finally(() => deps.store.close());
  } finally {
    close();
  }
}

async function clockFor({ clockUrl }: Config): Promise<{ readonly clock: Clock; readonly close: () => void }> {
  if (clockUrl === null) return { clock: systemClock, close: () => undefined };
  return followSandboxClock(clockUrl, createLog('silent'));
}

/** Deps without a front end, quiet, on the store as it is. */
async function openDeps(config: Config, clock: Clock): Promise<Deps> {
  const store = await openStore(config.databaseUrl, { migrates: false, waitMs: STORE_WITHIN_MS, maxConnections: 3 });
  const quiet = { log: createLog('silent'), metrics: createMetrics(), pages: null, assets: new Map() };
  return buildDeps(config, path.resolve('dist'), { ...quiet, store, clock });
}

function isMisuse(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const ours = [OperatorError, ConfigError, NoStoreError].some((kind) => error instanceof kind);
  return ours || code.startsWith('ERR_PARSE_ARGS');
}

/** One message for what an operator can act on; a stack only for our own mistakes. */
function explainEnd(error: unknown): string {
  if (!(error instanceof Error || isNativeError(error))) return String(error);
  const fault = asStoreFault(error);
  if (fault !== null) return `The store cannot be reached: ${error.message}. Compare DATABASE_URL; "doctor" says more.`;
  return isMisuse(error) ? error.message : (error.stack ?? error.message);
}
