import type { Deps } from '../../deps';
import { markLedgerDoubtful } from '../../licences/apply-event';
import type { EventOf } from '../events';

/** An administrator acted on a reminder: something was probably bought or paid, so the corp's orders are read again. */
export async function handleTemplateCardEvent(deps: Deps, { corpId }: EventOf<'template_card_event'>): Promise<void> {
  await markLedgerDoubtful(deps, corpId);
  deps.events.changed({ corpId, userId: null });
}
