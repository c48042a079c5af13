import { startStopwatch } from '../clock';
import type { Deps } from '../deps';

/** Work that comes round. Every run starts from the store, so a run that was cut off or missed loses nothing. */
export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** Should return soon after `signal` is aborted. Throwing is reported; the next turn comes all the same. */
  readonly run: (deps: Deps, signal: AbortSignal) => Promise<void>;
};

export type JobRunner = {
  /** Runs every job at once, then each in its rhythm or when `events.jobDue` names it. */
  readonly start: () => void;
  /** Starts nothing more, and resolves when what runs has ended. */
  readonly stop: () => Promise<void>;
};

export function createJobRunner(deps: Deps, jobs: readonly Job[]): JobRunner {
  const stopping = new AbortController();
  const lines = new Map(jobs.map((job) => [job.name, createLine(deps, job, stopping.signal)]));
  let stopListening = (): void => {};
  return {
    start: () => {
      stopListening = deps.events.onJobDue((name) => lines.get(name)?.due());
      for (const line of lines.values()) line.due();
    },
    stop: async () => {
      stopListening();
      stopping.abort();
      await Promise.all([...lines.values()].map((line) => line.ended()));
    },
  };
}

/** One job's runs, one after the other; a call during a run leads to one more run, however many calls there were. */
function createLine(deps: Deps, job: Job, signal: AbortSignal) {
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  async function runThrough(): Promise<void> {
    do {
      again = false;
      await runOnce(deps, job, signal);
    } while (again && !signal.aborted);
    running = null;
    if (!signal.aborted) timer = setTimeout(due, job.everyMs).unref();
  }

  function due(): void {
    if (signal.aborted) return;
    again = true;
    clearTimeout(timer);
    running ??= runThrough();
  }

  return {
    due,
    ended: async () => {
      clearTimeout(timer);
      await running;
    },
  };
}

async function runOnce(deps: Deps, job: Job, signal: AbortSignal): Promise<void> {
  const ms = startStopwatch();
  try {
    await job.run(deps, signal);
    deps.metrics.job(job.name, 'ok', ms() / 1000);
  } catch (error) {
    deps.metrics.job(job.name, 'failed', ms() / 1000);
    deps.log.error({ job: job.name, err: error }, 'job failed');
  }
}
