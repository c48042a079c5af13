import { randomInt } from 'node:crypto';
import { ZodError } from 'zod';
import { dispatch } from '../callbacks/dispatch';
import { parseEvent } from '../callbacks/events';
import { parseXml } from '../callbacks/parse-xml';
import type { Deps } from '../deps';
import { AppError } from '../errors';
import {
  claimCallbacks,
  createInboxSettler,
  postponeCallback,
  renewCallbackLease,
  settleCallback,
} from '../store/inbox';
import type { InboxTable } from '../store/schema';
import { backOffMs } from './back-off';
import type { Round } from './rounds';

/** Longer than any handler runs; a process that died gives its callbacks back after this. */
const LEASE_MS = 30_000;
/** A callback that has waited so long behind others of its corp is claimed anew before it is handled. */
const RENEW_AFTER_MS = LEASE_MS / 3;
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

/**
 * Handles every callback that is due, and those that arrive meanwhile. One that WeCom answers slowly holds up only its own
 * corp: what else there is of that corp waits behind it, in the store.
 */
async function drainInbox(deps: Deps, signal: AbortSignal): Promise<void> {
  const settle = createInboxSettler(deps.store);
  /** What is being handled, each with its corp. */
  const active = new Map<Promise<void>, string>();
  let claimed: [string, InboxTable[]][] = [];
  for (;;) {
    const room = !signal.aborted && claimed.length === 0 && active.size < MOST_AT_ONCE;
    if (room) claimed = [...byCorp(await claim(deps, [...active.values()]))];
    for (const [corp, rows] of claimed.splice(0, MOST_AT_ONCE - active.size)) {
      const handling = handleInOrder(deps, settle, rows).finally(() => active.delete(handling));
      active.set(handling, corp);
    }
    if (active.size === 0) return;
    const full = claimed.length > 0 || active.size >= MOST_AT_ONCE;
    await Promise.race(full ? active.keys() : [...active.keys(), pause(LOOK_AGAIN_MS)]);
  }
}

function claim({ clock, store }: Deps, exceptCorpIds: readonly string[]): Promise<InboxTable[]> {
  return claimCallbacks(store, { nowMs: clock.now(), leaseMs: LEASE_MS, limit: BATCH, exceptCorpIds });
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
  for (const row of rows) if (await isStillOurs(deps, row)) await handleOne(deps, settle, row);
}

/** Behind slow ones a lease may run out, and another instance have the callback. Where nothing is slow, nothing is written. */
async function isStillOurs({ clock, log, store }: Deps, row: InboxTable): Promise<boolean> {
  const nowMs = clock.now();
  const claimedAtMs = row.lease_until_ms - LEASE_MS;
  if (nowMs - claimedAtMs <= RENEW_AFTER_MS) return true;
  if (await renewCallbackLease(store.db, row, nowMs + LEASE_MS)) return true;
  log.info({ type: row.type }, 'a callback waited too long here; another instance has it');
  return false;
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
