import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS } from '../../domain/calendar';
import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { listLiveCodeNamesAfter } from '../store/activation-codes';
import { findLedger } from '../store/ledger';
import type { LedgersTable } from '../store/schema';
import { FACT_COLUMNS } from './ledger/facts';
import { CODES_AT_ONCE } from './read-codes';

/** However often nothing changed, so often all of a corp is compared: the record may have been changed by hand. */
const TRUSTED_MS = 7 * DAY_MS;

const Heard = z.object({
  codes: z.string(),
  seats: z.string(),
  /** The last entry of the history while nothing differed. */
  seq: z.number().int(),
  atMs: z.number().int(),
});
/** Hashes of what WeCom said of all of a corp's codes and seats, when the record as it then was said the same. */
export type Heard = z.infer<typeof Heard>;

export type Listener = {
  /** The same dependencies; what WeCom answers to them is heard. */
  readonly deps: Deps;
  /** The hash of all that was heard since it was last taken. */
  readonly take: () => string;
};

/** Hears what WeCom answers. A version of ours that reads other facts from it never hears the same. */
export function listen(deps: Deps): Listener {
  const begin = () => createHash('sha256').update(JSON.stringify(FACT_COLUMNS));
  let hash = begin();
  const take = () => {
    const taken = hash.digest('base64url');
    hash = begin();
    return taken;
  };
  return { deps: { ...deps, wecom: deps.wecom.heardBy((path, text) => hash.update(`${path} ${text}\n`)) }, take };
}

/** What was kept of a corp, if it can be gone by: nothing has been added to its history since. */
export function readHeard(ledger: LedgersTable | null, nowMs: number): Heard | null {
  if (ledger === null || ledger.heard_json === null) return null;
  const parsed = Heard.safeParse(JSON.parse(ledger.heard_json));
  if (!parsed.success || parsed.data.seq !== ledger.last_seq) return null;
  const ageMs = nowMs - parsed.data.atMs;
  return ageMs >= 0 && ageMs < TRUSTED_MS ? parsed.data : null;
}

/**
 * Whether WeCom says of all codes and seats of a corp, word for word, what it said when nothing differed from the record,
 * and the record is still the same: then nothing differs now, and nothing has to be compared. Anything else, a listing
 * whose cursors are other ones each time included, is a no. Throws `wecom.*` when WeCom is silent.
 */
export async function isAsHeard(
  { deps, take }: Listener,
  corpId: string,
  heard: Heard,
  signal: AbortSignal,
): Promise<boolean> {
  take();
  try {
    await skimSeats(deps, corpId, signal);
    if (take() !== heard.seats) return false;
    await skimCodes(deps, corpId, signal);
    if (take() !== heard.codes) return false;
  } catch (error) {
    // It speaks of none of these codes any more, or the like: whoever compares has to find out.
    if (error instanceof WecomError) return false;
    throw error;
  }
  return (await findLedger(deps.store.db, corpId))?.last_seq === heard.seq;
}

async function skimSeats(deps: Deps, corpId: string, signal: AbortSignal): Promise<void> {
  let cursor: string | null = null;
  do cursor = (await deps.wecom.skimActivatedAccounts(corpId, cursor)).nextCursor;
  while (cursor !== null && !signal.aborted);
}

async function skimCodes(deps: Deps, corpId: string, signal: AbortSignal): Promise<void> {
  for (let after = ''; ;) {
    const names = await listLiveCodeNamesAfter(deps.store.db, corpId, after, CODES_AT_ONCE);
    const last = names.at(-1);
    if (last === undefined) return;
    after = last;
    await deps.wecom.skimCodes(corpId, names);
    if (names.length < CODES_AT_ONCE || signal.aborted) return;
  }
}
