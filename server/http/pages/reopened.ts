import { entryActivates } from '../../../domain/activation';
import type { Entry } from '../../../domain/facts';
import type { Verdict } from '../../../domain/verdict';
import type { Session } from '../session';

/** A login this young brought the visit here itself; a second one would tell WeCom nothing new. */
const JUST_LOGGED_IN_MS = 60_000;

type Opening = {
  readonly session: Session;
  /** What this page's address says it was opened from. */
  readonly entry: Entry | null;
  readonly verdict: Pick<Verdict, 'reason'>;
  readonly nowMs: number;
};

/**
 * Whether WeCom has to be told of this opening by a new login. It activates in the course of OAuth only (page 96441): a
 * member who opens the workbench with a session from elsewhere would wait for an activation that nothing began, and only
 * WeCom hands on the account of somebody who left.
 */
export function needsNewLogin({ entry, nowMs, session, verdict }: Opening): boolean {
  if (!entryActivates(entry ?? 'unknown', session.loginNamedAgent)) return false;
  if (verdict.reason !== 'activating' && verdict.reason !== 'activation_failed') return false;
  const cameOtherwise = !session.loginNamedAgent && session.entry !== entry;
  return cameOtherwise || nowMs - session.createdAtMs >= JUST_LOGGED_IN_MS;
}
