import type { Facts, Subject } from './facts';

/** One change of one subject: what was known (null: nothing) and what is new (null: it is gone). */
export type Change = { readonly known: Facts | null; readonly change: Facts | null };

/** Order states (97185). */
const ORDER_KINDS: Readonly<Record<number, string>> = {
  0: 'order_made',
  1: 'order_paid',
  2: 'order_cancelled',
  3: 'order_lapsed',
  4: 'refund_asked',
  5: 'order_refunded',
  6: 'refund_refused',
  7: 'order_voided',
};

/** States of a code (97189), and ours for one WeCom knows no more. */
const CODE_KINDS: Readonly<Record<number, string>> = {
  0: 'code_gone',
  1: 'code_made',
  2: 'code_bound',
  3: 'code_expired',
  4: 'code_waiting',
  5: 'code_merged',
  6: 'code_shared',
};

/** A word for what happened, for people and for counting; replaying needs only the columns. */
export function nameChange(subject: Subject, { change, known }: Change): string {
  if (change === null) return `${subject}_forgotten`;
  return NAMES[subject](change, known ?? {}, known === null);
}

type Namer = (change: Facts, known: Facts, isNew: boolean) => string;

const NAMES: Readonly<Record<Subject, Namer>> = {
  licence: (change, known) => {
    if (change['ever_paid'] === 1) return 'first_payment';
    if ('auto_activation' in change && known['auto_activation'] !== undefined)
      return change['auto_activation'] === 1 ? 'switched_on' : 'switched_off';
    return 'licence_read';
  },
  order: (change) => {
    if ('status' in change) return ORDER_KINDS[Number(change['status'])] ?? 'order_changed';
    return change['codes_state'] === 'ready' ? 'codes_ready' : 'order_changed';
  },
  code: (change, known) => {
    if ('status' in change) return CODE_KINDS[Number(change['status'])] ?? 'code_changed';
    if ('user_id' in change) return 'code_transferred';
    return grows(change, known) ? 'code_prolonged' : 'code_changed';
  },
  seat: (change, known, isNew) => {
    if (isNew) return 'seat_given';
    if ((change['moved_at_ms'] ?? null) !== null) return 'seat_moved';
    if ('moved_at_ms' in change) return 'seat_given';
    if ('active_at_ms' in change) return 'seat_rebound';
    return grows(change, known) ? 'seat_prolonged' : 'seat_changed';
  },
};

function grows(change: Facts, known: Facts): boolean {
  return Number(change['expires_at_ms'] ?? 0) > Number(known['expires_at_ms'] ?? Infinity);
}

/** WeCom's own time of a change, where its answer tells one. */
export function wecomTimeOf(kind: string, facts: Facts): number | null {
  const column = TIMES[kind];
  const atMs = column === undefined ? null : facts[column];
  return typeof atMs === 'number' ? atMs : null;
}

const TIMES: Readonly<Record<string, string>> = {
  order_made: 'created_at_ms',
  order_paid: 'paid_at_ms',
  code_made: 'created_at_ms',
  code_bound: 'active_at_ms',
  code_expired: 'expires_at_ms',
  seat_given: 'active_at_ms',
  seat_rebound: 'active_at_ms',
};
