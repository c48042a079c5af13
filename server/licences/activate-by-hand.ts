import { freeAccountType, liveSeat, servingTypes } from '../../domain/seats';
import type { Capability } from '../../domain/facts';
import { startStopwatch } from '../clock';
import type { Deps } from '../deps';
import { listActivations } from '../store/activations';
import { findOpenRequest } from '../store/requests';
import { typeNumber } from './account-types';
import { ensureActivation, type ActivationOrder } from './activate';
import { atMost } from './at-most';
import { BY_HAND } from './cause';
import { gatherFacts } from './facts';
import { newsOrPause } from './news-or-pause';

/** How an activation by hand stands; `message` is a FaultKind or WeCom's errcode. */
export type HandActivation = {
  readonly state: 'done' | 'running' | 'failed';
  readonly message: string | null;
};

/** An administrator waits this long for the result; then it goes on by itself. */
const WAIT_MS = 6000;
const DEADLINE_MS = 4000;
/** Of an attempt that another instance runs, only its news or its row tells that it ended. */
const LOOK_EVERY_MS = 500;

/**
 * Binds a free account to a member because an administrator says so, whether or not auto-activation is on. The type is
 * the one the member asked for, base if nothing was asked.
 */
export async function activateByHand(deps: Deps, corpId: string, userId: string): Promise<HandActivation> {
  const { db } = deps.store;
  const asked = await findOpenRequest(db, corpId, userId, 'external_contact_needed');
  const capability: Capability = asked === null ? 'base' : 'external_contact';
  const visit = { visitor: 'member', corpId, userId, entry: 'unknown', loginNamedAgent: false, capability } as const;
  const facts = await gatherFacts(deps, visit, { force: true, deadlineMs: DEADLINE_MS });
  const nowMs = deps.clock.now();
  if (liveSeat(facts.seats.value, capability, nowMs) !== null) return { state: 'done', message: null };
  const type = freeAccountType(facts.accounts.value, capability, nowMs);
  if (type === null) return { state: 'failed', message: 'no_account' };
  const order = { corpId, userId, type, entryActivates: false, mode: 'server', force: true, cause: BY_HAND } as const;
  await begin(deps, order);
  const types = servingTypes(capability).map(typeNumber);
  const attempt = (await listActivations(db, corpId, userId)).find((row) => types.includes(row.type));
  return { state: attempt?.state ?? 'running', message: attempt?.message ?? null };
}

/** Begins the attempt and waits for its end; one of this member that is in the way ends first. */
async function begin(deps: Deps, order: ActivationOrder): Promise<void> {
  const waitedMs = startStopwatch();
  for (;;) {
    const { begun, settled } = await ensureActivation(deps, order);
    await atMost(settled, WAIT_MS - waitedMs());
    if (begun || waitedMs() >= WAIT_MS) return;
    await newsOrPause(deps, order, LOOK_EVERY_MS);
  }
}
