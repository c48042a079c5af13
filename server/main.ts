import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildDeps } from './build-deps';
import { ConfigError, parseConfig } from './config';
import { createLog } from './log';
import { followSandboxClock } from './sandbox-clock';
import { startServer } from './start-server';
import { StartError } from './store/open-in-time';

/** Bundled we are dist/server/main.cjs; from source, server/main.ts. */
function findDist(): string {
  const above = path.join(__dirname, '..');
  return existsSync(path.join(above, 'package.json')) ? path.join(above, 'dist') : above;
}

/** The composition root: reads the environment, builds everything, listens, and closes in order. */
async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const followed = config.clockUrl === null ? null : await followSandboxClock(config.clockUrl, log);
  const deps = await buildDeps(config, findDist(), { log, ...(followed && { clock: followed.clock }) });
  const server = await startServer(deps);
  log.info({ url: config.publicUrl, port: config.port, store: deps.store.engine }, 'listening');
  if (deps.pages === null) log.warn('no front end is built: run "npm run build"; pages answer 503 until then');

  let stopping = false;
  const stop = (signal: string): void => {
    // Whoever asks twice does not want to wait for what is under way.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    followed?.close();
    server.stop().then(
      () => log.info('stopped'),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
}

/** One message for what an operator can mend; a stack for everything else. */
function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') return `PORT is taken by another program (${error.message}).`;
  return error.stack;
}

main().catch(fail);
