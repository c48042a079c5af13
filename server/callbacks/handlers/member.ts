import type { Deps } from '../../deps';
import { onMemberChanged, onRangeChanged, onUnlicensed } from '../../licences/apply-event';
import type { EventOf } from '../events';

/** A member without a licence opened the app (95716 / 97195): what is on record about the member is doubtful. */
export async function handleUnlicensedNotify(deps: Deps, event: EventOf<'unlicensed_notify'>): Promise<void> {
  await onUnlicensed(deps, event.corpId, event.userId);
}

/** A member came into the app's visible range, or left it; which of two events is the later one their times say. */
export async function handleRangeChange(
  deps: Deps,
  event: EventOf<'subscribe'> | EventOf<'unsubscribe'>,
): Promise<void> {
  await onRangeChanged(deps, event, event.type === 'subscribe');
}

/** The member opened the app's conversation, one of the moments when WeCom activates: the seats are read again. */
export async function handleEnterAgent(deps: Deps, event: EventOf<'enter_agent'>): Promise<void> {
  await onMemberChanged(deps, event.corpId, event.userId);
}
