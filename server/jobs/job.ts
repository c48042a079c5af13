import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { Deps } from '../deps';
import type { Database } from '../store/schema';
import { KINDS, type JobKind, type PayloadOf } from './kinds';

/** The job wants another turn later; this is no failure and is repeated as often as it is said. */
export type Again = { readonly againAtMs: number };

/** What a run knows about itself. */
export type JobTurn = {
  /** Turns begun since the job was asked for, this one included; an `Again` starts the count anew. */
  readonly attempt: number;
  /**
   * Ends the job inside the transaction of its effects: both are there or neither, also when the process is killed. Throws
   * when another worker has taken the job over meanwhile, and with that undoes the effects.
   */
  readonly finish: (trx: Transaction<Database>) => Promise<void>;
};

/**
 * Does the job. It may run more than once (a process may be killed before it could say that it was done), so its effects
 * either bear repetition or go through `turn.finish`. When `signal` is aborted it should stop soon by throwing
 * `signal.reason`; it is then run again from the start elsewhere. Any other error leads to a later attempt.
 */
type Run<P> = (deps: Deps, payload: P, signal: AbortSignal, turn: JobTurn) => Promise<Again | void>;

/** A kind of job with what it does. */
export type Job = { readonly kind: string; readonly payload: z.ZodType; readonly run: Run<unknown> };

/** Ties what a kind does to what it needs to know. */
export function job<K extends JobKind>(kind: K, run: Run<PayloadOf<K>>): Job {
  const { payload } = KINDS[kind];
  return { kind, payload, run: (deps, value, signal, turn) => run(deps, value as PayloadOf<K>, signal, turn) };
}
