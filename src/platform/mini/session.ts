import { nowMs } from '../clock';
import { readItem, writeItem } from '../storage';

/** A session as it lies in the device's storage. */
type Kept = { readonly token: string; readonly expiresAtMs: number };

const KEY = 'gate.session';
/** On its last day a session is renewed: a visit should not end in the middle. */
const RENEWED_BEFORE_MS = 24 * 3_600_000;

/** What another version, or somebody else, left under our key is no session. */
function readKept(): Kept | null {
  try {
    const kept = JSON.parse(readItem(KEY) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.token !== 'string' || typeof kept.expiresAtMs !== 'number') return null;
    return { token: kept.token, expiresAtMs: kept.expiresAtMs };
  } catch {
    return null;
  }
}

/** The Bearer token, or null when there is no session. Whether it still lives is for the server to say. */
export function findToken(): string | null {
  return readKept()?.token ?? null;
}

/** Whether there is a session that need not be renewed yet. */
export function hasFreshSession(): boolean {
  const kept = readKept();
  return kept !== null && nowMs() < kept.expiresAtMs - RENEWED_BEFORE_MS;
}

/** Keeps a new session on this device. */
export function keepSession(token: string, expiresAt: string): void {
  writeItem(KEY, JSON.stringify({ token, expiresAtMs: Date.parse(expiresAt) } satisfies Kept));
}

/** Forgets the session. */
export function dropSession(): void {
  writeItem(KEY, '');
}
