import type { Logger } from 'pino';
import { asStoreFault } from './faults';
import { openStore, type Store, type StoreOptions } from './store';

/** The server cannot start, and the message says why and what to do: nothing of ours is broken. */
export class StartError extends Error {}

/** A database that starts together with us needs this long at most. */
const WITHIN_MS = 20_000;
const AGAIN_AFTER_MS = 1000;
/** What waiting does not mend: PostgreSQL's codes for a wrong password or user, and a database that is not there. */
const REFUSALS: Readonly<Record<string, string>> = {
  '28P01': 'the user or the password in DATABASE_URL is wrong',
  '28000': 'PostgreSQL does not let this user in from here (pg_hba.conf)',
  '3D000': 'the database named in DATABASE_URL does not exist; create it',
};

/** Opens the store, waiting a while for one that is not there yet. Throws a StartError of one line when it stays away. */
export async function openInTime(
  databaseUrl: string,
  options: StoreOptions,
  { log, withinMs = WITHIN_MS }: { readonly log: Logger; readonly withinMs?: number },
): Promise<Store> {
  for (let waitedMs = 0; ; waitedMs += AGAIN_AFTER_MS) {
    try {
      return await openStore(databaseUrl, options);
    } catch (error) {
      const why = reasonOf(error);
      const refusal = REFUSALS[String(why.code)];
      if (refusal !== undefined) throw new StartError(`The store cannot be opened: ${refusal}.`, { cause: error });
      if (asStoreFault(error) === null) throw error;
      if (waitedMs >= withinMs) throw new StartError(givenUp(why, withinMs), { cause: error });
      log.warn({ code: why.code }, 'the store cannot be reached yet; trying again');
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
  }
}

function reasonOf(error: unknown): { readonly code: unknown; readonly message: string } {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return { code, message: error instanceof Error ? error.message : String(error) };
}

function givenUp({ code, message }: ReturnType<typeof reasonOf>, withinMs: number): string {
  const said = message === '' ? String(code) : message;
  return `The store cannot be reached (${said}), also after ${withinMs / 1000} s. Is it running, and is DATABASE_URL right? "npm run doctor" says more.`;
}
