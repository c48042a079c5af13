import { randomInt } from 'node:crypto';
import { ZodError } from 'zod';
import { dispatch } from '../callbacks/dispatch';
import { parseEvent } from '../callbacks/events';
import { parseXml } from '../callbacks/parse-xml';
import type { Deps } from '../deps';
import { AppError } from '../errors';
import { claimCallbacks, createInboxSettler, postponeCallback, settleCallback } from '../store/inbox';
import type { InboxTable } from '../store/schema';
import { backOffMs } from './back-off';
import type { Round } from './rounds';

/** Longer than any handler runs; a process that died gives its callbacks back after this. */
const LEASE_MS = 30_000;
const BATCH = 32;
/** Fewer than the store has connections: who waits for the answer to a callback must not stand behind those being handled. */
const MOST_AT_ONCE = 12;
/** How soon callbacks that arrive while a slow one is handled are taken up. */
const LOOK_AGAIN_MS = 200;
/** 1 s, 2 s, 4 s … 5 min: an auth_code lives ten minutes, so the first tries come quickly. About three hours in all. */
const BACK_OFF = { firstMs: 1000, longestMs: 300_000 };
const MOST_ATTEMPTS = 45;

/** Handles the stored callbacks. Runs as soon as one arrives; the turns make up for a restart and for later attempts. */
export const handleInbox: Round = { name: 'handle-inbox', everyMs: 2000, run: drainInbox };

type Settle = ReturnType<typeof createInboxSettler>;

/** Handles every callback that is due, and those that arrive meanwhile. One that WeCom answers slowly holds up only itself. */
async function drainInbox(deps: Deps, signal: AbortSignal): Promise<void> {
  const settle = createInboxSettler(deps.store);
  const active = new Set<Promise<void>>();
  let claimed: InboxTable[][] = [];
  do {
    const room = !signal.aborted && claimed.length === 0 && active.size < MOST_AT_ONCE;
    if (room) claimed = [...byCorp(await claim(deps)).values()];
    const none = claimed.length === 0;
    for (const ofCorp of claimed.splice(0, MOST_AT_ONCE - active.size)) {
      const handling = handleInOrder(deps, settle, ofCorp).finally(() => active.delete(handling));
      active.add(handling);
    }
    if (active.size > 0) await Promise.race(none ? [...active, pause(LOOK_AGAIN_MS)] : active);
  } while (active.size > 0 || claimed.length > 0);
}

function claim({ clock, store }: Deps): Promise<InboxTable[]> {
  return claimCallbacks(store, { nowMs: clock.now(), leaseMs: LEASE_MS, limit: BATCH });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** One corp's events one after the other, in their own order; different corps do not wait for each other. */
function byCorp(rows: readonly InboxTable[]): Map<string, InboxTable[]> {
  const groups = new Map<string, InboxTable[]>();
  for (const row of rows) {
    // Events without a corp (tickets, auth codes) have no order among themselves.
    const key = row.corp_id ?? row.event_key;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

async function handleInOrder(deps: Deps, settle: Settle, rows: readonly InboxTable[]): Promise<void> {
  for (const row of rows) await handleOne(deps, settle, row);
}

async function handleOne(deps: Deps, settle: Settle, row: InboxTable): Promise<void> {
  const { channel, type } = row;
  try {
    const event = parseEvent(type, parseXml(deps.sealer.open(row.body_sealed, row.event_key)));
    await dispatch(deps, event);
    await settle(row);
    deps.metrics.callback(channel, 'handled');
    deps.log.debug({ channel, type }, 'callback handled');
  } catch (error) {
    await retryOrGiveUp(deps, row, error);
  }
}

async function retryOrGiveUp(deps: Deps, row: InboxTable, error: unknown): Promise<void> {
  const { attempts, channel, event_key: eventKey, type } = row;
  const message = describe(error);
  if (attempts >= MOST_ATTEMPTS || !mayPass(error)) {
    await settleCallback(deps.store.db, row, { state: 'dead', message });
    deps.metrics.callback(channel, 'dead');
    deps.log.error({ err: error, channel, type, attempts }, 'callback given up');
    return;
  }
  const delayMs = backOffMs(attempts, BACK_OFF, randomInt(1001) / 1000);
  await postponeCallback(deps.store.db, eventKey, { nextAttemptAtMs: deps.clock.now() + delayMs, message });
  deps.metrics.callback(channel, 'postponed');
  deps.log.warn({ err: error, channel, type, attempts, delayMs }, 'callback not handled yet');
}

/** What WeCom sent does not get better by waiting; everything else may. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ZodError) && !(error instanceof AppError && error.code === 'callback.malformed');
}

/** For the row: a code, never a value. */
function describe(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
