import type { Deps } from '../../deps';
import { onAutoActivate } from '../../licences/apply-event';
import type { EventOf } from '../events';

/** WeCom bound accounts by itself (95994): the members' seats are read again and whoever waits for them is told. */
export async function handleAutoActivate(deps: Deps, event: EventOf<'auto_activate'>): Promise<void> {
  await onAutoActivate(deps, event);
}
