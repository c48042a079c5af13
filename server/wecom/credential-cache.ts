import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { Sealer } from '../crypto/seal';
import { AppError } from '../errors';
import type { Ids } from '../ids';
import type { Store } from '../store/store';
import { dropToken, findToken, leaseToken, releaseToken, saveToken } from '../store/tokens';
import type { IssuedCredential } from './credentials-api';

/** One cache for every credential, shared by all instances through the store. */
export type CredentialCache = {
  /** The cached value, or a new one: `issue` runs once however many callers on however many instances ask. */
  readonly get: (key: string, issue: () => Promise<IssuedCredential>) => Promise<string>;
  /** Forgets exactly this value; a newer one that somebody fetched meanwhile stays. */
  readonly drop: (key: string, value: string) => Promise<void>;
  /** Empties this process's memory of these keys, or of all, after the store's rows were changed. */
  readonly forget: (keys: readonly string[] | null) => void;
};

type CacheDeps = { readonly clock: Clock; readonly ids: Ids; readonly sealer: Sealer; readonly store: Store };
type Kept = { readonly value: string; readonly renewAtMs: number; readonly expiresAtMs: number };
type Stored = Kept & { readonly sealed: string };

/** WeCom's tokens live 7200 s; renewing five minutes early keeps a call from starting with a token that ends under way. */
const RENEW_EARLY_MS = 5 * 60_000;
/** How long another instance may be renewing before it counts as dead; longer than a call's own deadline. */
const LEASE_MS = 6000;
const POLL_MS = 40;
/** How long a value may be used without looking at the store, where another instance may have dropped it. */
const COPY_TTL_MS = 30_000;

/** A wrong secret stays wrong, and WeCom may block an address that repeats it: asked again after this at the earliest. */
const HOLD_OFF_MS = 30_000;

const sealedShape = z.object({ value: z.string(), renewAtMs: z.number() });

export function createCredentialCache(deps: CacheDeps): CredentialCache {
  const copies = new LRUCache<string, Kept>({ max: 5000, ttl: COPY_TTL_MS, perf: deps.clock, ttlResolution: 0 });
  const refused = new LRUCache<string, AppError>({ max: 100, ttl: HOLD_OFF_MS, perf: deps.clock, ttlResolution: 0 });
  const inFlight = new Map<string, Promise<Kept>>();
  const isFresh = (kept: Kept) => deps.clock.now() < kept.renewAtMs;

  async function get(key: string, issue: () => Promise<IssuedCredential>): Promise<string> {
    const copy = copies.get(key);
    if (copy && isFresh(copy)) return copy.value;
    const stored = await readStored(deps, key);
    if (stored && isFresh(stored)) copies.set(key, stored);
    return stored && isFresh(stored) ? stored.value : (await renewOnce(key, issue)).value;
  }

  async function renewOnce(key: string, issue: () => Promise<IssuedCredential>): Promise<Kept> {
    const running = inFlight.get(key);
    if (running) return running;
    const earlier = refused.get(key);
    if (earlier) throw earlier;
    const renewal = renew(deps, key, issue).finally(() => inFlight.delete(key));
    inFlight.set(key, renewal);
    const kept = await renewal.catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'wecom.credentials') refused.set(key, error);
      throw error;
    });
    copies.set(key, kept);
    return kept;
  }

  return {
    get,
    drop: async (key, value) => {
      if (copies.peek(key)?.value === value) copies.delete(key);
      const stored = await readStored(deps, key);
      if (stored?.value === value) await dropToken(deps.store.db, key, stored.sealed);
    },
    forget: (keys) => {
      for (const key of keys ?? [...copies.keys(), ...refused.keys()]) {
        copies.delete(key);
        refused.delete(key);
      }
    },
  };
}

/** Renews under the lease, or waits for whoever holds it. While the old value still lives nobody has to wait. */
async function renew(deps: CacheDeps, key: string, issue: () => Promise<IssuedCredential>): Promise<Kept> {
  const owner = deps.ids.token(22);
  for (let waitedMs = 0; waitedMs <= 2 * LEASE_MS; waitedMs += POLL_MS) {
    const nowMs = deps.clock.now();
    const leased = await leaseToken(deps.store.db, { key, owner, nowMs, untilMs: nowMs + LEASE_MS });
    const stored = await readStored(deps, key);
    if (leased) return issueUnderLease(deps, { key, owner, issue, stored });
    if (stored && deps.clock.now() < stored.expiresAtMs) return stored;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new AppError('wecom.timeout', { logDetail: 'another instance holds the lease and does not renew' });
}

type Lease = {
  readonly key: string;
  readonly owner: string;
  readonly issue: () => Promise<IssuedCredential>;
  readonly stored: Stored | null;
};

async function issueUnderLease(deps: CacheDeps, { key, owner, issue, stored }: Lease): Promise<Kept> {
  const { db } = deps.store;
  try {
    // The lease may have been free because somebody has just renewed.
    if (stored && deps.clock.now() < stored.renewAtMs) return stored;
    const { value, ttlSeconds } = await issue();
    const expiresAtMs = deps.clock.now() + ttlSeconds * 1000;
    const renewAtMs = expiresAtMs - Math.min(RENEW_EARLY_MS, (ttlSeconds * 1000) / 4);
    const valueSealed = deps.sealer.seal(JSON.stringify({ value, renewAtMs }), key);
    await saveToken(db, { key, valueSealed, expiresAtMs });
    return { value, renewAtMs, expiresAtMs };
  } finally {
    await releaseToken(db, { key, owner });
  }
}

async function readStored(deps: CacheDeps, key: string): Promise<Stored | null> {
  const row = await findToken(deps.store.db, key);
  if (!row?.value_sealed || row.expires_at_ms <= deps.clock.now()) return null;
  const { value, renewAtMs } = sealedShape.parse(JSON.parse(deps.sealer.open(row.value_sealed, key)));
  return { value, renewAtMs, expiresAtMs: row.expires_at_ms, sealed: row.value_sealed };
}
