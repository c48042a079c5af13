import type { Deps } from '../deps';
import { AppError } from '../errors';
import { listCorpsToTeach, listSharesToLearn } from '../store/shared-codes';
import { becauseOf } from './cause';
import { keepTold } from './ledger/write-ledger';
import { CODES_AT_ONCE, readNewCodes } from './read-codes';

const SHARE = becauseOf('share');

/**
 * Learns the codes that other corps gave to this one (batch_share_active_code, 96059 / 97193). No order of its own brings
 * them, so only the giver's side tells their names; everything else is read anew in this corp's own name, and what WeCom
 * does not know in that name is not kept. Throws `wecom.*` when WeCom is silent.
 * @returns how many were new
 */
export async function learnShares(deps: Deps, corpId: string): Promise<number> {
  let written = 0;
  for (let after = ''; ;) {
    const names = await listSharesToLearn(deps.store.db, corpId, after, CODES_AT_ONCE);
    const last = names.at(-1);
    if (last === undefined) break;
    after = last;
    written += await learn(deps, corpId, names);
  }
  if (written > 0) deps.events.changed({ corpId, userId: null });
  return written;
}

async function learn(deps: Deps, corpId: string, names: readonly string[]): Promise<number> {
  const askedAtMs = deps.clock.now();
  const codes = await readNewCodes(deps, corpId, names, askedAtMs);
  const origin = { ...SHARE, observedAtMs: askedAtMs };
  return (await keepTold(deps, corpId, origin, { codes })).code;
}

/**
 * Lets the corps that this one gave codes to learn of them now. Where that fails, their own next reading does it: a giver's
 * reading does not depend on it.
 */
export async function teachReceivers(deps: Deps, corpId: string): Promise<void> {
  for (const receiver of await listCorpsToTeach(deps.store.db, corpId)) {
    try {
      await learnShares(deps, receiver);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      deps.log.warn({ err: error, corpId: receiver }, 'shared codes stay unknown until the next reading');
    }
  }
}
