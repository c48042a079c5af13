import type { Origin } from './ledger/write-ledger';

/** What made us look, as the history keeps it. */
export type Cause = Pick<Origin, 'source' | 'cause'>;

/** A page was opened and its facts were due. */
export const VISIT: Cause = { source: 'api', cause: 'visit' };
/** The gate binds an account to a member who came without one. */
export const ACTIVATION: Cause = { source: 'api', cause: 'activation' };
/** An administrator bound an account to a member. */
export const BY_HAND: Cause = { source: 'api', cause: 'by_hand' };
/** Everything of a corp is read again, whatever was heard. */
export const RECONCILIATION: Cause = { source: 'reconciliation', cause: 'reconciliation' };

/** WeCom was asked because of an event, an activation or another named reason. */
export function becauseOf(cause: string): Cause {
  return { source: 'api', cause };
}
