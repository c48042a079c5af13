import type { Deps } from '../deps';

/** WeCom pushes one every ten minutes, and takes none older than thirty (credentials.md of WeCom, page 90628). */
const TOO_OLD_MS = 30 * 60_000;

/** Complains when no suite_ticket has come for too long: soon nothing can be asked of WeCom, and nobody new can log in. */
export async function watchSuiteTicket({ log, tokens }: Deps): Promise<void> {
  const ageMs = await tokens.suiteTicketAgeMs();
  if (ageMs === null) return void log.warn('WeCom has not pushed a suite_ticket yet');
  if (ageMs > TOO_OLD_MS)
    log.error(
      { ageMinutes: Math.floor(ageMs / 60_000) },
      'no suite_ticket for too long: check the command callback, or push one by hand',
    );
}
