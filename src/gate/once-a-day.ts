import { readItem, writeItem } from '../platform/storage';
import { dayOf } from './local-time';
import type { GateState } from './gate-state';

/** Who and what a notice is for: another person on this device, or another reason, has its own day. */
function noticeKey(kind: 'sheet' | 'banner', state: GateState): string {
  const { person, verdict } = state;
  return ['gate', kind, person?.key ?? person?.corpId ?? '', verdict?.reason ?? ''].join('.');
}

/** The business day by the server's clock, so that a device with a wrong date is told once a day too. */
function today(state: GateState): string {
  return state.verdict === null ? '' : dayOf(state.verdict.checkedAt);
}

/** Whether this notice was already seen (sheet) or closed (banner) today by this person on this device. */
export function doneToday(kind: 'sheet' | 'banner', state: GateState): boolean {
  return readItem(noticeKey(kind, state)) === today(state);
}

/** Remembers it for the day. */
export function markDone(kind: 'sheet' | 'banner', state: GateState): void {
  writeItem(noticeKey(kind, state), today(state));
}
