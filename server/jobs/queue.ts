import type { Kysely } from 'kysely';
import type { Deps } from '../deps';
import { saveJob, type OnceMore } from '../store/jobs';
import type { Database } from '../store/schema';
import { KINDS, type JobKind, type PayloadOf } from './kinds';

/** What `events.jobDue` says when a job was put into the queue that need not wait for the worker's next look. */
export const QUEUE = 'queue';

export type NewJob<K extends JobKind = JobKind> = {
  readonly kind: K;
  /** A job of this kind and key is there once, also after it ended and until it is forgotten (days later). */
  readonly key: string;
  /** Jobs of one corp run one after the other. */
  readonly corpId?: string;
  readonly payload: PayloadOf<K>;
  /** Not before this moment of `deps.clock`. */
  readonly runAtMs: number;
  /** Do it once more when it is known already, ended or running; or only when it ended before a moment. */
  readonly again?: OnceMore;
};

/**
 * Asks for a job in the caller's transaction: it exists when that commits, and not otherwise. False when it was known
 * already. A worker looks every second; `events.jobDue(QUEUE)` after the commit makes it look at once.
 */
export async function enqueueJob<K extends JobKind>(db: Kysely<Database>, job: NewJob<K>): Promise<boolean> {
  const { background, payload } = KINDS[job.kind];
  const row = {
    kind: job.kind,
    key: job.key,
    corp_id: job.corpId ?? null,
    background: background ? 1 : 0,
    payload_json: JSON.stringify(payload.parse(job.payload)),
    run_at_ms: job.runAtMs,
  };
  return saveJob(db, row, job.again ?? false);
}

/** Runs a job as soon as a worker is free, whatever its schedule says; returns the key under which to find it. */
export async function runJobNow<K extends JobKind>(deps: Deps, kind: K, payload: PayloadOf<K>): Promise<string> {
  const key = `now/${deps.ids.token(12)}`;
  const corpId = 'corpId' in payload ? { corpId: String(payload.corpId) } : {};
  await enqueueJob(deps.store.db, { kind, key, payload, runAtMs: deps.clock.now(), ...corpId });
  deps.events.jobDue(QUEUE);
  return key;
}
