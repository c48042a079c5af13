import type { Deps } from '../../deps';
import type { EventOf } from '../events';

/** Keeps the newest suite_ticket: without one younger than 30 minutes nothing can be asked of WeCom. */
export async function handleSuiteTicket(deps: Deps, event: EventOf<'suite_ticket'>): Promise<void> {
  await deps.tokens.saveSuiteTicket(event.suiteId, event.ticket, event.atMs);
}
