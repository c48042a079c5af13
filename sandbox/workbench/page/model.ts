import { daysUntil, windowStart } from './calendar';
import type { Code, Corp, Member, Seat } from './state';

/** Wire values of a code's status (page 97189) that the ledger tells apart. */
export const CODE = { unbound: 1, bound: 2, expired: 3, awaitingTransfer: 4, merged: 5, shared: 6 } as const;
/** Wire values of an order's status (page 97185) that the ledger tells apart. */
export const ORDER = { unpaid: 0, paid: 1, cancelled: 2, overdue: 3, refunding: 4, refunded: 5 } as const;

export type Ledger = { bought: number; used: number; free: number; lapsed: number; members: number };

/** The four numbers of a corp at a moment. A code that missed its deadline was bought, but is not free. */
export function countLedger(corp: Corp, nowMs: number): Ledger {
  const live = corp.codes.filter((code) => code.status !== CODE.merged);
  const unbound = live.filter((code) => code.status === CODE.unbound || code.status === CODE.awaitingTransfer);
  const lapsed = unbound.filter((code) => isLapsed(code, nowMs)).length;
  return {
    bought: live.length,
    used: live.filter((code) => code.status === CODE.bound && (code.expiresAt ?? Infinity) > nowMs).length,
    free: unbound.length - lapsed,
    lapsed,
    members: corp.members.filter((member) => !member.left && member.inRange).length,
  };
}

export function isLapsed(code: Code, nowMs: number): boolean {
  return code.status === CODE.unbound && code.activateBefore !== null && code.activateBefore <= nowMs;
}

/** The seat of a member that lasts longest, or null when none is in date. */
export function liveSeat(member: Member, nowMs: number): Seat | null {
  const live = member.seats.filter((seat) => seat.expiresAt > nowMs);
  return live.sort((a, b) => b.expiresAt - a.expiresAt)[0] ?? null;
}

export type Standing =
  | { kind: 'removed' | 'notInstalled' | 'unchecked' | 'trialOver' | 'noTrial' }
  | { kind: 'trial'; daysLeft: number; endMs: number }
  | { kind: 'seats'; free: number; bought: number }
  | { kind: 'seatEnding'; daysLeft: number };

/** Where a corp stands, in one word for the list. A running trial comes first, as it beats every refusal. */
export function standingOf(corp: Corp, nowMs: number): Standing {
  if (!corp.installed) return { kind: corp.removedAt === null ? 'notInstalled' : 'removed' };
  if (corp.licence.status === 0) return { kind: 'unchecked' };
  const trial = corp.licence.trial;
  if (trial && trial.end > nowMs) {
    return { kind: 'trial', daysLeft: daysUntil(nowMs, trial.end), endMs: trial.end };
  }
  const nextEnd = seatEnds(corp.members, nowMs)[0];
  if (nextEnd !== undefined && daysUntil(nowMs, nextEnd) <= 7) {
    return { kind: 'seatEnding', daysLeft: daysUntil(nowMs, nextEnd) };
  }
  const { bought, free } = countLedger(corp, nowMs);
  if (bought > 0) return { kind: 'seats', free, bought };
  return { kind: trial ? 'trialOver' : 'noTrial' };
}

export type MarkKind = 'install' | 'window' | 'trialEnd' | 'order' | 'seatEnd' | 'codesLapse';
export type Mark = { kind: MarkKind; at: number; count: number };
export type Life = { startMs: number; endMs: number; marks: Mark[] };

const DAY = 86_400_000;

/** A corp's life on one line: from installation (or its first event) to a month after the last thing known to end. */
export function lifeOf(corp: Corp, nowMs: number): Life {
  const marks = mergeSameDay(marksOf(corp).sort((a, b) => a.at - b.at));
  const first = Math.min(nowMs - 7 * DAY, marks[0]?.at ?? nowMs);
  const last = Math.max(nowMs + 30 * DAY, marks.at(-1)?.at ?? nowMs);
  const margin = Math.max(2 * DAY, (last - first) * 0.04);
  return { startMs: first - margin, endMs: last + margin, marks };
}

function marksOf(corp: Corp): Mark[] {
  const marks: Mark[] = [];
  const add = (kind: MarkKind, at: number, count = 1): void => void marks.push({ kind, at, count });
  const trial = corp.licence.trial;
  if (trial) {
    add('install', trial.start);
    add('window', windowStart(trial.end, 7));
    add('trialEnd', trial.end);
  }
  for (const order of corp.orders) {
    if (order.paidAt !== null) add('order', order.paidAt, order.base + order.externalContact);
  }
  for (const member of corp.members) for (const seat of member.seats) add('seatEnd', seat.expiresAt);
  for (const code of corp.codes) {
    if (code.status === CODE.unbound && code.activateBefore !== null) add('codesLapse', code.activateBefore);
  }
  return marks;
}

function mergeSameDay(marks: readonly Mark[]): Mark[] {
  const merged: Mark[] = [];
  for (const mark of marks) {
    const same = merged.find((other) => other.kind === mark.kind && daysUntil(other.at, mark.at) === 0);
    if (same) same.count += mark.count;
    else merged.push({ ...mark });
  }
  return merged;
}

export type Jump = { id: 'hour' | 'day' | 'window' | 'trialEnd' | 'seatEnd' | 'year'; toMs: number | null };

/**
 * Where the jump buttons lead; null when there is nothing of the kind ahead. Window and ends are those of the person
 * in hand when they hold a seat, else of the corp's trial or its next seat. Ends are jumped past by a second.
 */
export function jumpsFor(corp: Corp | null, member: Member | null, nowMs: number): Jump[] {
  const ends = corp ? seatEnds(member ? [member] : corp.members, nowMs) : [];
  const seatEnd = ends[0] ?? (corp ? seatEnds(corp.members, nowMs)[0] : undefined);
  const trialEnd = corp?.licence.trial?.end;
  const ahead = (ms: number | undefined): number | null => (ms !== undefined && ms > nowMs ? ms : null);
  const past = (end: number | undefined): number | null => (ahead(end) === null ? null : (end ?? 0) + 1000);
  const windows = [trialEnd, seatEnd].filter((end) => end !== undefined).map((end) => windowStart(end, 7));
  return [
    { id: 'hour', toMs: nowMs + 3_600_000 },
    { id: 'day', toMs: nowMs + DAY },
    { id: 'window', toMs: ahead(windows.filter((start) => start > nowMs).sort((a, b) => a - b)[0]) },
    { id: 'trialEnd', toMs: past(trialEnd) },
    { id: 'seatEnd', toMs: past(seatEnd) },
    { id: 'year', toMs: nowMs + 365 * DAY },
  ];
}

function seatEnds(members: readonly Member[], nowMs: number): number[] {
  return members
    .flatMap((member) => member.seats.map((seat) => seat.expiresAt))
    .filter((end) => end > nowMs)
    .sort((a, b) => a - b);
}
