import type { Deps } from '../deps';
import { listTicketSilences } from './ticket-silence';

/** WeCom pushes one every ten minutes, and takes none older than thirty (credentials.md of WeCom, page 90628). */
const TOO_LONG_MS = 30 * 60_000;

/** Complains when no suite_ticket has come for too long: soon nothing can be asked of WeCom, and nobody new can log in. */
export async function watchSuiteTicket(deps: Pick<Deps, 'config' | 'lifecycle' | 'log' | 'tokens'>): Promise<void> {
  for (const { everPushed, silentMs, use: suite } of await listTicketSilences(deps)) {
    const minutes = Math.floor(silentMs / 60_000);
    if (silentMs > TOO_LONG_MS)
      deps.log.error(
        { suite, minutes, everPushed },
        'no suite_ticket for too long: check the command callback, or push one by hand',
      );
    else if (!everPushed) deps.log.warn({ suite, minutes }, 'WeCom has not pushed a suite_ticket yet');
  }
}
