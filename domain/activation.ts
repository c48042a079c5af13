import type { ActivationAttempt, Entry } from './facts';

/** How long an attempt may run before it counts as failed. */
export const ACTIVATION_TIMEOUT_MS = 15_000;

/**
 * Whether WeCom itself activates for a visit that came in this way: from the workbench, from a card in the app's own
 * conversation, or whenever the login named the agent (page 96441). A scanned code or a plain link does not.
 */
export function entryActivates(entry: Entry, loginNamedAgent: boolean): boolean {
  return loginNamedAgent || entry === 'workbench' || entry === 'card';
}

/** Whether an attempt is still within its time. */
export function attemptRuns(attempt: ActivationAttempt | null, nowMs: number): boolean {
  return attempt?.state === 'running' && nowMs - attempt.startedAtMs < ACTIVATION_TIMEOUT_MS;
}
