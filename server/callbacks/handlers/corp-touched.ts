import { refreshAuthorisation } from '../../corps/refresh-authorisation';
import type { Deps } from '../../deps';
import { markLedgerDoubtful } from '../../licences/apply-event';
import type { EventOf } from '../events';

/**
 * Rights, edition, sharing or suspension of the app changed in one corp. What of it matters here is read again: the
 * authorisation, and at the next need the accounts, which a shared app may have got from another corp.
 */
export async function handleCorpTouched(deps: Deps, { corpId }: EventOf<'corp_touched'>): Promise<void> {
  if (corpId === null) return;
  if (await refreshAuthorisation(deps, corpId)) await markLedgerDoubtful(deps, corpId);
}
