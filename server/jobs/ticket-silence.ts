import type { Deps } from '../deps';
import { suitesInUse, type SuiteUse } from '../wecom/suites-in-use';

/** How long a suite has been without a new suite_ticket. */
export type TicketSilence = { readonly use: SuiteUse; readonly silentMs: number; readonly everPushed: boolean };

/**
 * How long WeCom has not pushed a suite_ticket, by suite. Where it never has, it counts from this process's start: the
 * first one comes within ten minutes, and an age that is not known would never be too old.
 */
export async function listTicketSilences({
  config,
  lifecycle,
  tokens,
}: Pick<Deps, 'config' | 'lifecycle' | 'tokens'>): Promise<TicketSilence[]> {
  const silences: TicketSilence[] = [];
  for (const { id, use } of suitesInUse(config)) {
    const ageMs = await tokens.suiteTicketAgeMs(id);
    silences.push({ use, silentMs: ageMs ?? lifecycle.runningMs(), everPushed: ageMs !== null });
  }
  return silences;
}
