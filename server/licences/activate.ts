import { liveSeat } from '../../domain/seats';
import type { AccountType } from '../../domain/facts';
import type { Deps } from '../deps';
import { WecomError } from '../errors';
import { claimActivation, endActivation, renewClaim } from '../store/activations';
import { saveCorpLicence } from '../store/corp-licences';
import { ensureMember, saveRange } from '../store/members';
import { listSeatsOfMember } from '../store/seats';
import { accountType, typeNumber } from './account-types';
import { activationFault } from './activation-fault';
import { PLATFORM_PAUSES_MS, READ_BACK_PAUSES_MS, RETRY_AFTER_MS, WATCH_PAUSES_MS } from './attempt-times';
import type { Cause } from './cause';
import { newsOrPause } from './news-or-pause';
import { meansOutOfRange } from './out-of-range';
import { memberKey, memoryOf } from './process-memory';
import { refreshAfresh } from './refresh-once';
import { readingOf } from './sources';

export type ActivationOrder = {
  readonly corpId: string;
  readonly userId: string;
  readonly type: AccountType;
  /** The way in made WeCom activate by itself: it gets a head start. */
  readonly entryActivates: boolean;
  /** `platform`: WeCom is watched doing it. `server`: what WeCom has not done by itself is done by our own call. */
  readonly mode: 'platform' | 'server';
  /** A person asked for it: a failure of a moment ago is no reason to wait. */
  readonly force: boolean;
  /** What the history says of the seat it brings. */
  readonly cause: Cause;
};

/** `begun`: the attempt is this call's own, not one that was in the way. */
export type Activation = { readonly begun: boolean; readonly settled: Promise<void> };

/**
 * Makes sure one attempt to bind an account to this member is running, and no more than one in all processes, whatever
 * its type: the row of `activations` is the lock. Resolves once that is so; `settled` resolves when the attempt of this
 * process, if it has one, has ended, whether well or not. Who still lacks an account then asks again.
 */
export async function ensureActivation(deps: Deps, order: ActivationOrder): Promise<Activation> {
  const { corpId, userId } = order;
  const { attempts } = memoryOf(deps);
  const key = memberKey(corpId, userId);
  const nowMs = deps.clock.now();
  const attemptId = deps.ids.token(22);
  const row = {
    corp_id: corpId,
    user_id: userId,
    type: typeNumber(order.type),
    attempt_id: attemptId,
    mode: order.mode,
    started_at_ms: nowMs,
  };
  const failedBeforeMs = order.force ? nowMs : nowMs - RETRY_AFTER_MS.failed;
  const limits = { hungBeforeMs: nowMs - RETRY_AFTER_MS.hung, failedBeforeMs };
  if (!(await claimActivation(deps.store.db, row, limits)))
    return { begun: false, settled: attempts.get(key) ?? Promise.resolve() };
  deps.events.changed({ corpId, userId });
  const settled = runAttempt(deps, order, attemptId).finally(() => {
    // One that hung may have been taken over in this very process.
    if (attempts.get(key) === settled) attempts.delete(key);
  });
  attempts.set(key, settled);
  return { begun: true, settled };
}

/** One attempt, to its end or the process's. Never rejects: how it ended is on record. */
async function runAttempt(deps: Deps, order: ActivationOrder, attemptId: string): Promise<void> {
  const { corpId, userId } = order;
  const { db } = deps.store;
  try {
    const seated = await bind(deps, order, attemptId);
    const end = seated ? { state: 'done' as const, message: null } : { state: 'failed' as const, message: 'timeout' };
    await endActivation(db, attemptId, { ...end, ended_at_ms: deps.clock.now(), errcode: null });
    deps.metrics.activation(order.mode, end.message ?? end.state);
  } catch (error) {
    // Nobody knows how it ends: whoever comes next finds an attempt that hangs.
    if (memoryOf(deps).leaving.signal.aborted) return;
    await noteFailure(deps, order, attemptId, error).catch((cause: unknown) =>
      deps.log.error({ err: cause, corpId }, 'a failed activation could not be recorded; it ends by its time limit'),
    );
  }
  // Whatever happened, the counts of free accounts on record may be wrong now.
  await saveCorpLicence(db, corpId, { ledger_checked_at_ms: 0 }).catch((error: unknown) =>
    deps.log.error({ err: error, corpId }, 'the ledger could not be marked for reading'),
  );
  deps.events.changed({ corpId, userId });
}

async function noteFailure(deps: Deps, order: ActivationOrder, attemptId: string, error: unknown): Promise<void> {
  const { corpId, userId } = order;
  const atMs = deps.clock.now();
  deps.log.warn({ err: error, corpId, type: order.type }, 'an activation failed');
  if (meansOutOfRange(error)) {
    await ensureMember(deps.store.db, corpId, userId, atMs);
    await saveRange(deps.store.db, corpId, userId, { inRange: false, source: 'api', atMs });
  }
  const fault = activationFault(error);
  deps.metrics.activation(order.mode, fault.message);
  await endActivation(deps.store.db, attemptId, { state: 'failed', ended_at_ms: atMs, ...fault });
}

/** Gets the member a seat: by watching WeCom do it, by doing it, or one after the other. True once the seat is there. */
async function bind(deps: Deps, order: ActivationOrder, attemptId: string): Promise<boolean> {
  if (order.mode === 'platform') return watch(deps, order, PLATFORM_PAUSES_MS);
  // Somebody else may have got there since the facts were read; a second call would use up a second account.
  if (await hasSeat(deps, order)) return true;
  if (order.entryActivates && (await watch(deps, order, WATCH_PAUSES_MS))) return true;
  // Looking may have taken longer than an attempt has, while WeCom is slow: whoever took over makes the call then.
  if (!(await renewClaim(deps.store.db, attemptId, deps.clock.now()))) return hasSeat(deps, order);
  try {
    await deps.wecom.activateByType(order.corpId, order.userId, order.type);
  } catch (error) {
    // WeCom may have refused because its own activation was quicker.
    if (!(error instanceof WecomError) || !(await hasSeat(deps, order))) throw error;
    return true;
  }
  return watch(deps, order, READ_BACK_PAUSES_MS);
}

async function watch(deps: Deps, order: ActivationOrder, pausesMs: readonly number[]): Promise<boolean> {
  const { leaving } = memoryOf(deps);
  for (const pauseMs of pausesMs) {
    await newsOrPause(deps, order, pauseMs);
    leaving.signal.throwIfAborted();
    if (await hasSeat(deps, order)) return true;
  }
  return false;
}

/** Asks WeCom for the member's seats and whether one serves. */
async function hasSeat(deps: Deps, { cause, corpId, type, userId }: ActivationOrder): Promise<boolean> {
  const { key, work } = readingOf(deps, 'seats', corpId, userId, cause);
  await refreshAfresh(deps, key, work);
  const rows = await listSeatsOfMember(deps.store.db, corpId, userId);
  const seats = rows.map((row) => ({
    type: accountType(row.type),
    expiresAtMs: row.expires_at_ms,
    movedAtMs: row.moved_at_ms,
  }));
  return liveSeat(seats, type, deps.clock.now()) !== null;
}
