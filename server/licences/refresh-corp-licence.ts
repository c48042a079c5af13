import type { Deps } from '../deps';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import type { LicenceFacts } from './ledger/books';
import { writeLedger, type Origin } from './ledger/write-ledger';
import { VISIT, type Cause } from './cause';
import { LONG_AGO_MS } from './list-order-ids';

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
  return keep(deps, corpId, { ...cause, observedAtMs: askedAtMs }, read);
}

/**
 * Reads the corp's auto-activation switch and whether it ever paid (get_auto_active_status, 95874 / 97200).
 * @returns how many changes that was
 */
export async function refreshAutoActivation(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<number> {
  const askedAtMs = deps.clock.now();
  const { everPaid, on } = await deps.wecom.getAutoActivation(corpId);
  const read = { auto_activation: Number(on), ever_paid: Number(everPaid) };
  const before = await findCorpLicence(deps.store.db, corpId);
  const begins = everPaid && before?.ever_paid === 0;
  return keep(deps, corpId, { ...cause, observedAtMs: askedAtMs }, read, begins);
}

/** @param begins the corp has begun to pay: of one that never did only the newest orders were looked at (windowsSince) */
async function keep(
  deps: Deps,
  corpId: string,
  origin: Origin,
  licence: LicenceFacts,
  begins = false,
): Promise<number> {
  const written = await deps.store.transaction(async (trx) => {
    const changes = await writeLedger(deps, trx, corpId, origin, { licence });
    if (begins && changes.licence > 0)
      await saveCorpLicence(trx, corpId, { orders_read_to_ms: LONG_AGO_MS, ledger_checked_at_ms: 0 });
    return changes.licence;
  });
  if (written > 0) deps.events.changed({ corpId, userId: null });
  return written;
}
