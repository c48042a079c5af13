import type { Deps } from '../deps';
import { findCorpLicence, saveCorpLicence } from '../store/corp-licences';
import type { CorpLicencesTable } from '../store/schema';

type Change = Partial<Omit<CorpLicencesTable, 'corp_id'>>;

/** Reads the app's licence state: trial, checking, since when (get_app_license_info, 95844 / 97194). */
export async function refreshAppLicence(deps: Deps, corpId: string): Promise<void> {
  const askedAtMs = deps.clock.now();
  const { checkFromMs, checking, trial } = await deps.wecom.getAppLicence(corpId);
  const read = {
    checking: Number(checking),
    trial_starts_at_ms: trial?.startsAtMs ?? null,
    trial_ends_at_ms: trial?.endsAtMs ?? null,
    check_from_ms: checkFromMs,
  };
  await keep(deps, corpId, read, { licence_checked_at_ms: askedAtMs });
}

/** Reads the corp's auto-activation switch and whether it ever paid (get_auto_active_status, 95874 / 97200). */
export async function refreshAutoActivation(deps: Deps, corpId: string): Promise<void> {
  const askedAtMs = deps.clock.now();
  const { everPaid, on } = await deps.wecom.getAutoActivation(corpId);
  const read = { auto_activation: Number(on), ever_paid: Number(everPaid) };
  await keep(deps, corpId, read, { auto_checked_at_ms: askedAtMs });
}

async function keep(deps: Deps, corpId: string, read: Change, times: Change): Promise<void> {
  const before = await findCorpLicence(deps.store.db, corpId);
  await saveCorpLicence(deps.store.db, corpId, { ...read, ...times });
  const differs = Object.entries(read).some(([column, value]) => before?.[column as keyof CorpLicencesTable] !== value);
  if (differs) deps.events.changed({ corpId, userId: null });
}
