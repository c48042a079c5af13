import type { Deps } from '../deps';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import type { CorpLicencesTable } from '../store/schema';
import type { LicenceFacts } from './ledger/books';
import { writeLedger, type Origin } from './ledger/write-ledger';
import { VISIT, type Cause } from './cause';

/** "Read, but not far back": what is known counts, and the next reading goes through all of the past. */
const LONG_AGO_MS = 1;

type Times = Partial<
  Pick<CorpLicencesTable, 'licence_checked_at_ms' | 'auto_checked_at_ms' | 'orders_read_to_ms' | 'ledger_checked_at_ms'>
>;

/**
 * Reads the app's licence state: trial, checking, since when (get_app_license_info, 95844 / 97194).
 * @returns how many changes that was
 */
export async function refreshAppLicence(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<number> {
  const askedAtMs = deps.clock.now();
  const { checkFromMs, checking, trial } = await deps.wecom.getAppLicence(corpId);
  const read = {
    checking: Number(checking),
    trial_starts_at_ms: trial?.startsAtMs ?? null,
    trial_ends_at_ms: trial?.endsAtMs ?? null,
    check_from_ms: checkFromMs,
  };
  const origin = { ...cause, observedAtMs: askedAtMs };
  return keep(deps, corpId, origin, read, { licence_checked_at_ms: askedAtMs });
}

/**
 * Reads the corp's auto-activation switch and whether it ever paid (get_auto_active_status, 95874 / 97200).
 * @returns how many changes that was
 */
export async function refreshAutoActivation(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<number> {
  const askedAtMs = deps.clock.now();
  const { everPaid, on } = await deps.wecom.getAutoActivation(corpId);
  const read = { auto_activation: Number(on), ever_paid: Number(everPaid) };
  const origin = { ...cause, observedAtMs: askedAtMs };
  const before = await findCorpLicence(deps.store.db, corpId);
  // Of a corp that never paid only the newest orders were looked at (windowsSince): now there may be older ones to know.
  const begins = everPaid && before?.ever_paid === 0;
  const times = {
    auto_checked_at_ms: askedAtMs,
    ...(begins && { orders_read_to_ms: LONG_AGO_MS, ledger_checked_at_ms: 0 }),
  };
  return keep(deps, corpId, origin, read, times);
}

async function keep(deps: Deps, corpId: string, origin: Origin, licence: LicenceFacts, times: Times): Promise<number> {
  const written = await deps.store.transaction(async (trx) => {
    const changes = await writeLedger(deps, trx, corpId, origin, { licence });
    await saveCorpLicence(trx, corpId, times);
    return changes.licence;
  });
  if (written > 0) deps.events.changed({ corpId, userId: null });
  return written;
}
