import { refreshAuthorisation } from '../../corps/refresh-authorisation';
import type { Deps } from '../../deps';
import type { EventOf } from '../events';

/** Visible range or rights changed. The event tells nothing else, so the authorisation is read again. */
export async function handleChangeAuth(deps: Deps, event: EventOf<'change_auth'>): Promise<void> {
  await refreshAuthorisation(deps, event.corpId);
}
