import type { Deps } from '../deps';
import { claimJobs, renewJobLease, type HeldJob } from '../store/jobs';
import type { JobsTable } from '../store/schema';
import type { Job } from './job';
import { createLine } from './line';
import { QUEUE } from './queue';
import { TAKEN_OVER, takeTurn } from './take-turn';

export type WorkerOptions = {
  /** Jobs run at once, those somebody may wait for and those in the background. */
  readonly places?: { readonly soon: number; readonly background: number };
  /** How long a job stays with a process that no longer says that it is alive. */
  readonly leaseMs?: number;
};

export type Worker = {
  readonly start: () => void;
  /** Takes nothing more, tells what runs to stop, and resolves when it has. */
  readonly stop: () => Promise<void>;
};

/** Between two looks at the queue when nobody says that there is something in it. */
const LOOK_EVERY_MS = 1000;
const LEASE_MS = 30_000;
/** A lease is renewed this often in its time: two renewals may fail before another takes over. */
const RENEWALS_PER_LEASE = 3;
/** What one process does at once: most jobs wait for WeCom, and the store takes several connections at most. */
export const PLACES = { soon: 6, background: 4 };

type Running = { readonly held: HeldJob; readonly stop: AbortController; readonly ended: Promise<void> };

/** Takes jobs from the queue and runs them, side by side with the workers of other instances. */
export function createWorker(deps: Deps, jobs: readonly Job[], options: WorkerOptions = {}): Worker {
  const { leaseMs = LEASE_MS, places = PLACES } = options;
  const byKind = new Map(jobs.map((job) => [job.kind, job]));
  const running = { soon: new Map<string, Running>(), background: new Map<string, Running>() };
  // WeCom's limits are shared: what nobody waits for goes after the rest.
  const { background } = deps.wecom;
  const depsOf = { soon: deps, background: { ...deps, wecom: { ...background, background } } };
  const stopping = new AbortController();

  const claim = async (pace: keyof typeof running): Promise<void> => {
    const limit = places[pace] - running[pace].size;
    if (limit <= 0 || stopping.signal.aborted) return;
    const rows = await claimJobs(deps.store, {
      nowMs: deps.clock.now(),
      machineMs: await deps.store.machineMs(),
      leaseMs,
      leaseToken: deps.ids.token(16),
      background: pace === 'background',
      limit,
    });
    for (const row of rows) begin(pace, row);
  };

  const begin = (pace: keyof typeof running, row: JobsTable & HeldJob): void => {
    const among = running[pace];
    const stop = new AbortController();
    const name = `${row.id} ${row.lease_token}`;
    if (stopping.signal.aborted) stop.abort(stopping.signal.reason);
    const ended = takeTurn(depsOf[pace], byKind.get(row.kind), row, stop.signal)
      .catch((error: unknown) => deps.log.error({ job: row.kind, err: error }, 'a job could not be ended'))
      .finally(() => {
        among.delete(name);
        looking.due();
      });
    among.set(name, { held: row, stop, ended });
  };

  const everyRunning = (): Running[] => [...running.soon.values(), ...running.background.values()];

  const look = async (): Promise<void> => {
    try {
      await claim('soon');
      await claim('background');
    } catch (error) {
      deps.log.warn({ err: error }, 'the queue could not be read; trying again');
    }
  };

  const renew = async (): Promise<void> => {
    try {
      for (const { held, stop } of everyRunning()) {
        const leaseUntilMs = (await deps.store.machineMs()) + leaseMs;
        if (!(await renewJobLease(deps.store.db, held, leaseUntilMs))) stop.abort(TAKEN_OVER);
      }
    } catch (error) {
      deps.log.warn({ err: error }, 'leases could not be renewed; trying again');
    }
  };

  const looking = createLine(LOOK_EVERY_MS, look, stopping.signal);
  // Goes on while what runs is being stopped: it still holds its jobs.
  const closed = new AbortController();
  const renewing = createLine(leaseMs / RENEWALS_PER_LEASE, renew, closed.signal);
  let stopListening = (): void => {};
  return {
    start: () => {
      stopListening = deps.events.onJobDue((name) => (name === QUEUE ? looking.due() : undefined));
      looking.due();
      renewing.due();
    },
    stop: async () => {
      stopListening();
      stopping.abort();
      await looking.ended();
      for (const { stop } of everyRunning()) stop.abort();
      await Promise.all(everyRunning().map(({ ended }) => ended));
      closed.abort();
      await renewing.ended();
    },
  };
}
