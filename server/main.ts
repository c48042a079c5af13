import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildDeps } from './build-deps';
import { ConfigError, parseConfig } from './config';
import { createLog } from './log';
import { followSandboxClock } from './sandbox-clock';
import { startServer } from './start-server';

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

  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    followed?.close();
    server.stop().then(
      () => log.info('stopped'),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

function fail(error: unknown): void {
  const told = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${told}\n`);
  process.exit(1);
}

main().catch(fail);
