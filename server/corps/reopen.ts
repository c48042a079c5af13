import type { Deps } from '../deps';
import { doubtCorp } from '../licences/doubt-corp';
import { reopenClosedCorp } from '../store/closed-corps';
import { findCorp } from '../store/corps';
import { deleteSessionsOf } from '../store/sessions';
import { askAuthorisation } from './ask-authorisation';
import { openKeptCode, type Asked } from './open-corp';
import { keepAuthorisation } from './refresh-authorisation';

/** How WeCom's answer left a corp; the asked one is there when WeCom refused it. */
type Outcome = { readonly stands: true } | { readonly stands: false; readonly asked: Asked | null };

/**
 * Asks WeCom about a corp by the code its row keeps, and opens it where WeCom says that the app is there. What it refuses
 * stays as it is. Throws when WeCom is silent or answers something else; nothing has changed then.
 */
export async function reopenIfStanding(deps: Deps, corpId: string): Promise<Outcome> {
  const row = await findCorp(deps.store.db, corpId);
  const asked = row === null ? null : openKeptCode(deps, row);
  if (asked === null) return { stands: false, asked };
  const askedAtMs = deps.clock.now();
  const standing = await askAuthorisation(deps, asked.corp);
  if (standing.is !== 'standing') return { stands: false, asked };
  await reopen(deps, asked);
  await keepAuthorisation(deps, corpId, standing.authorisation, askedAtMs);
  return { stands: true };
}

async function reopen(deps: Deps, asked: Asked): Promise<void> {
  const { corpId } = asked;
  const reopened = await deps.store.transaction(async (trx) => {
    const wasClosed = await reopenClosedCorp(trx, asked);
    if (!wasClosed) return false;
    await doubtCorp(trx, corpId, deps.clock.now());
    // Who left while it was closed is not known: everybody logs in again.
    await deleteSessionsOf(trx, corpId, null);
    return true;
  });
  if (!reopened) return;
  deps.events.changed({ corpId, userId: null });
  deps.log.info({ corpId }, 'the corp has the app after all and is open again');
}
