import type { Deps } from '../deps';
import { countWaitingCallbacks } from '../store/inbox';
import { countOpenJobs } from '../store/job-overview';
import type { Round } from './rounds';
import { listTicketSilences } from './ticket-silence';

/** Every instance tells what waits in the one store, so that whichever is asked knows. */
export const measure: Round = { name: 'measure', everyMs: 15_000, run: measureOnce };

async function measureOnce(deps: Deps): Promise<void> {
  const { metrics, store } = deps;
  metrics.waitingCallbacks((await countWaitingCallbacks(store.db)).count);
  metrics.openJobs(await countOpenJobs(store.db));
  for (const { silentMs, use } of await listTicketSilences(deps)) metrics.suiteTicketSilence(use, silentMs);
}
