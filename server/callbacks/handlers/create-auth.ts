import { exchangeAuthCode } from '../../corps/install';
import type { Deps } from '../../deps';
import { AppError } from '../../errors';
import { noteInstalledAt } from '../../store/corps';
import type { EventOf } from '../events';

/**
 * An installation, or a custom app's new permanent code: exchanges the code the event brings. A code that was already
 * used up is not worth another try; the corp can be reached again only by a new authorisation.
 */
export async function handleCreateAuth(
  deps: Deps,
  event: EventOf<'create_auth'> | EventOf<'reset_permanent_code'>,
): Promise<void> {
  try {
    const { corpId, state } = await exchangeAuthCode(deps, event.authCode, event.atMs);
    // The redirect may have brought the code first, under our clock; a removal's time is compared with WeCom's.
    await noteInstalledAt(deps.store.db, corpId, event.atMs);
    deps.log.info({ corpId, state, event: event.type }, 'auth_code exchanged');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'install.code_used') throw error;
    deps.log.warn({ event: event.type, detail: error.logDetail }, 'WeCom no longer takes this auth_code');
  }
}
