import type { Deps } from '../deps';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import type { LicenceFacts } from './ledger/books';
import { confirmLicence } from './ledger/licence-parts';
import { writeLedger, type Origin } from './ledger/write-ledger';
import { VISIT, type Cause } from './cause';
import { LONG_AGO_MS } from './list-order-ids';

/**
 * Reads the app's licence state: trial, checking, since when (get_app_license_info, 95844 / 97194).
 * @returns how many changes that was
 */
export async function refreshAppLicence(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<number> {
  const askedAtMs = deps.clock.now();
  return keep(deps, corpId, { ...cause, observedAtMs: askedAtMs }, await readAppLicence(deps, corpId));
}

/**
 * Reads the corp's auto-activation switch and whether it ever paid (get_auto_active_status, 95874 / 97200).
 * @returns how many changes that was
 */
export async function refreshAutoActivation(deps: Deps, corpId: string, cause: Cause = VISIT): Promise<number> {
  const askedAtMs = deps.clock.now();
  return keep(deps, corpId, { ...cause, observedAtMs: askedAtMs }, await readAutoActivation(deps, corpId));
}

/**
 * Both of them, kept at once. Where the second cannot be read, what the first said is kept all the same.
 * @returns how many changes that was
 */
export async function refreshCorpLicence(deps: Deps, corpId: string, cause: Cause): Promise<number> {
  const origin = { ...cause, observedAtMs: deps.clock.now() };
  const app = await readAppLicence(deps, corpId);
  const auto = await readAutoActivation(deps, corpId).catch(async (error: unknown) => {
    await keep(deps, corpId, origin, app);
    throw error;
  });
  return keep(deps, corpId, origin, { ...app, ...auto });
}

async function readAppLicence({ wecom }: Deps, corpId: string): Promise<LicenceFacts> {
  const { checkFromMs, checking, trial } = await wecom.getAppLicence(corpId);
  return {
    checking: Number(checking),
    trial_starts_at_ms: trial?.startsAtMs ?? null,
    trial_ends_at_ms: trial?.endsAtMs ?? null,
    check_from_ms: checkFromMs,
  };
}

async function readAutoActivation({ wecom }: Deps, corpId: string): Promise<LicenceFacts> {
  const { everPaid, on } = await wecom.getAutoActivation(corpId);
  return { auto_activation: Number(on), ever_paid: Number(everPaid) };
}

async function keep(deps: Deps, corpId: string, origin: Origin, licence: LicenceFacts): Promise<number> {
  if (await confirmLicence(deps, corpId, origin.observedAtMs, licence)) return 0;
  const written = await deps.store.transaction(async (trx) => {
    const before = licence.ever_paid === 1 ? await findCorpLicence(trx, corpId) : null;
    const changes = await writeLedger(deps, trx, corpId, origin, { licence });
    // It has begun to pay: of one that never did only the newest orders were looked at (windowsSince).
    if (before?.ever_paid === 0 && changes.licence > 0)
      await saveCorpLicence(trx, corpId, { orders_read_to_ms: LONG_AGO_MS, ledger_checked_at_ms: 0 });
    return changes.licence;
  });
  if (written > 0) deps.events.changed({ corpId, userId: null });
  return written;
}
