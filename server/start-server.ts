import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import type { Deps } from './deps';
import { createBackground } from './jobs/background';
import { abandonAttempts, licenceWorkEnds } from './licences/process-memory';
import { shareEvents } from './share-events';

export type RunningServer = {
  /** Where it listens on this machine. */
  readonly origin: string;
  /**
   * Is not ready any more, takes nothing more, finishes what is under way (up to a deadline), ends jobs and activations,
   * closes the store.
   */
  readonly stop: () => Promise<void>;
};

export type StartOptions = {
  readonly host?: string;
  /** How long a stop waits for activations and readings that no request waits for any more. */
  readonly licenceWorkWithinMs?: number;
};

const FINISH_WITHIN_MS = 10_000;
/** An account is bound within a second or two; an attempt that goes on for longer mostly waits for nothing. */
const LICENCE_WORK_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;
/** News of other instances should be heard before the first request; without it the short TTLs have to do. */
const LISTENING_WITHIN_MS = 3000;

/** Starts the application and its jobs; resolves when it listens. */
export async function startServer(deps: Deps, options: StartOptions = {}): Promise<RunningServer> {
  const jobs = createBackground(deps);
  const handle = createApp(deps).callback();
  const server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 30_000 },
    (req, res) => void handle(req, res),
  );
  const shared = deps.store.shared && shareEvents({ ...deps, channel: deps.store.shared.channel });
  if (shared)
    await within(LISTENING_WITHIN_MS, shared.listening, () => deps.log.warn('no news of other instances yet'));
  await deps.holds.recall();
  await listen(server, deps.config.port, options.host);
  jobs.start();
  const { port } = server.address() as AddressInfo;
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    deps.lifecycle.beginStop();
    // Whoever shares out requests learns from /readyz first, and only then finds nobody listening.
    if (deps.config.drainMs > 0) await new Promise((resolve) => setTimeout(resolve, deps.config.drainMs));
    await within(FINISH_WITHIN_MS, finishRequests(server), () => server.closeAllConnections());
    await within(FINISH_WITHIN_MS, jobs.stop(), () => deps.log.warn('a job did not end in time'));
    await within(options.licenceWorkWithinMs ?? LICENCE_WORK_WITHIN_MS, licenceWorkEnds(deps), () => {
      deps.log.warn('an activation did not end in time; it is tried again once its own time is over');
      abandonAttempts(deps);
    });
    await shared?.stop();
    await deps.store.close();
  };
  return { origin: `http://127.0.0.1:${port}`, stop: () => (stopping ??= stop()) };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Connections that browsers keep open count as open: each is closed once its last answer is out. */
function finishRequests(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closing = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
    server.close(() => {
      clearInterval(closing);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Waits for `work`; when it takes longer, calls `giveUp` and goes on. */
async function within(ms: number, work: Promise<void>, giveUp: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, ms, 'late')));
  const first = await Promise.race([work, late]);
  clearTimeout(timer);
  if (first === 'late') giveUp();
}
