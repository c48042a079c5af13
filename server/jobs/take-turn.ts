import { randomInt } from 'node:crypto';
import { ZodError } from 'zod';
import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { AppError } from '../errors';
import { endJobTurn, type HeldJob, type JobEnding } from '../store/jobs';
import type { JobsTable } from '../store/schema';
import { backOffMs } from './back-off';
import type { Again, Job, JobTurn } from './job';

/** Why a run's signal was aborted when another worker holds its job now. */
export const TAKEN_OVER = new Error('another worker has taken the job over');

/** 2 s, 4 s, 8 s … 15 min: about three hours in all, so that an outage of WeCom's is outlived. */
const BACK_OFF = { firstMs: 2000, longestMs: 900_000 };
const MOST_ATTEMPTS = 20;

type Row = JobsTable & HeldJob;
type Outcome = 'ok' | 'again' | 'failed' | 'dead' | 'stopped';

/** Runs one claimed job once and writes down what became of it. Throws only when the store cannot be written. */
export async function takeTurn(deps: Deps, job: Job | undefined, row: Row, signal: AbortSignal): Promise<void> {
  const ms = startStopwatch();
  const outcome = await runAndEnd(deps, job, row, signal);
  deps.metrics.job(row.kind, outcome, ms() / 1000);
}

async function runAndEnd(deps: Deps, job: Job | undefined, row: Row, signal: AbortSignal): Promise<Outcome> {
  let finished = false;
  const finish: JobTurn['finish'] = async (trx) => {
    if (!(await endJobTurn(trx, row, doneNow(deps, row)))) throw TAKEN_OVER;
    finished = true;
  };
  try {
    // An instance of an older version; a newer one knows it.
    if (!job) throw new UnknownKind();
    // Not tried once more: it was begun so often without an end that it probably ends the process.
    if (row.attempts > MOST_ATTEMPTS) throw new GivenUp();
    const payload: unknown = job.payload.parse(JSON.parse(row.payload_json));
    const result = await job.run(deps, payload, signal, { attempt: row.attempts, finish });
    if (result) return await end(deps, row, 'again', laterAgain(row, result));
    // A transaction that was rolled back after `finish` threw, and then this is not reached.
    return finished ? 'ok' : await end(deps, row, 'ok', doneNow(deps, row));
  } catch (error) {
    return endFailed(deps, row, error, signal);
  }
}

async function endFailed(deps: Deps, row: Row, error: unknown, signal: AbortSignal): Promise<Outcome> {
  const { attempts, kind: job } = row;
  if (error === TAKEN_OVER || signal.reason === TAKEN_OVER) {
    deps.log.warn({ job, attempts }, 'a job was taken over while it ran');
    return 'stopped';
  }
  if (signal.aborted) return end(deps, row, 'stopped', { ...waiting(row), attempts: attempts - 1 });
  const message = describe(error);
  if (attempts >= MOST_ATTEMPTS || !mayPass(error)) {
    deps.log.error({ err: error, job, attempts }, 'job given up');
    return end(deps, row, 'dead', { ...waiting(row), state: 'dead', message, finished_at_ms: deps.clock.now() });
  }
  const asked = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
  const delayMs = Math.max(asked, backOffMs(attempts, BACK_OFF, randomInt(1001) / 1000));
  deps.log.warn({ err: error, job, attempts, delayMs }, 'job failed; it is tried again');
  return end(deps, row, 'failed', { ...waiting(row), message, run_at_ms: deps.clock.now() + delayMs });
}

async function end(deps: Deps, row: Row, outcome: Outcome, ending: JobEnding): Promise<Outcome> {
  if (await endJobTurn(deps.store.db, row, ending)) return outcome;
  deps.log.warn({ job: row.kind, attempts: row.attempts }, 'a job was taken over while it ran');
  return 'stopped';
}

const waiting = ({ attempts, message, run_at_ms }: Row): JobEnding => ({
  state: 'waiting',
  run_at_ms,
  attempts,
  message,
  finished_at_ms: null,
});

const laterAgain = (row: Row, { againAtMs }: Again): JobEnding => ({
  ...waiting(row),
  run_at_ms: againAtMs,
  attempts: 0,
  message: null,
});

const doneNow = ({ clock }: Deps, row: Row): JobEnding => ({
  ...waiting(row),
  state: 'done',
  message: null,
  finished_at_ms: clock.now(),
});

class UnknownKind extends Error {
  override readonly name = 'UnknownKind';
}
class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/** What is wrong with the job itself does not get better by waiting; everything else may. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ZodError || error instanceof SyntaxError);
}

/** For the row: a code, never a value. */
export function describe(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
