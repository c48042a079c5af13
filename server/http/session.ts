import { createHmac, createSecretKey } from 'node:crypto';
import { ENTRIES, type Entry } from '../../domain/facts';
import type { Deps } from '../deps';
import { unlessStoreDown } from '../store/faults';
import { deleteSession, deleteSessionsOf, findLiveSession, insertSession, updateSessionEntry } from '../store/sessions';
import type { SessionsTable } from '../store/schema';

/** Who is logged in, and how this visit came about. */
export type Session = {
  readonly sidHash: string;
  readonly kind: 'member' | 'outsider';
  readonly client: 'h5' | 'weapp';
  /** null for an outsider; so are the member's ids. */
  readonly corpId: string | null;
  readonly userId: string | null;
  readonly openUserId: string | null;
  readonly openId: string | null;
  /** Where the current visit came from; `setEntry` renews it. */
  readonly entry: Entry;
  readonly loginNamedAgent: boolean;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

export type SessionFields = Omit<Session, 'sidHash' | 'createdAtMs' | 'expiresAtMs'>;

/** A week: long enough to be out of the way, short enough that a lost phone is not for ever. */
const SESSION_MS = 7 * 24 * 3_600_000;
const TOKEN = /^[0-9A-Za-z]{43}$/;

/**
 * Hashes of a token under every session secret, the newest first. Keyed, so that whoever copies the database can neither
 * use nor forge sessions.
 */
export function createSidHasher(secrets: readonly string[]): (token: string) => string[] {
  // As key objects: with a plain buffer the HMAC is five times slower on Node 24.
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  return (token) => keys.map((key) => createHmac('sha256', key).update(token).digest('hex'));
}

/** Begins a session; the token goes to the client once and is kept only as a hash. */
export async function createSession(
  deps: Deps,
  fields: SessionFields,
): Promise<{ readonly token: string; readonly expiresAtMs: number }> {
  const token = deps.ids.token();
  const nowMs = deps.clock.now();
  const expiresAtMs = nowMs + SESSION_MS;
  await insertSession(deps.store.db, {
    sid_hash: deps.sessions.hashesOf(token)[0] ?? '',
    kind: fields.kind,
    client: fields.client,
    corp_id: fields.corpId,
    user_id: fields.userId,
    open_user_id: fields.openUserId,
    open_id: fields.openId,
    entry: fields.entry,
    login_named_agent: fields.loginNamedAgent ? 1 : 0,
    created_at_ms: nowMs,
    expires_at_ms: expiresAtMs,
  });
  return { token, expiresAtMs };
}

/**
 * The live session behind a token, or null; answered from memory for up to 30 seconds, and for the grace time while the
 * store cannot be reached.
 */
export function findSession(deps: Deps, token: string): Session | null | Promise<Session | null> {
  if (!TOKEN.test(token)) return null;
  const { clock, config, sessions } = deps;
  const remembered = sessions.find(token, clock.now());
  if (remembered !== null) return remembered;
  return unlessStoreDown(readSession(deps, token), (fault) => {
    const old = sessions.findOld(token, clock.now(), config.staleGraceMs);
    if (old === null) throw fault;
    deps.metrics.fromMemory('session');
    return old;
  });
}

async function readSession(deps: Deps, token: string): Promise<Session | null> {
  const asOf = deps.sessions.mark();
  const row = await findLiveSession(deps.store.db, deps.sessions.hashesOf(token), deps.clock.now());
  if (!row) return null;
  const session = fromRow(row);
  deps.sessions.keep(token, session, deps.clock.now(), asOf);
  return session;
}

function fromRow(row: SessionsTable): Session {
  return {
    sidHash: row.sid_hash,
    kind: row.kind,
    client: row.client,
    corpId: row.corp_id,
    userId: row.user_id,
    openUserId: row.open_user_id,
    openId: row.open_id,
    entry: ENTRIES.find((entry) => entry === row.entry) ?? 'unknown',
    loginNamedAgent: row.login_named_agent === 1,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

/** Notes where the current visit came from. */
export async function setEntry(deps: Deps, session: Session, entry: Entry): Promise<void> {
  if (entry === session.entry) return;
  await updateSessionEntry(deps.store.db, session.sidHash, entry);
  deps.events.publish({ kind: 'sessionChanged', sidHash: session.sidHash });
}

/** Logs one session out. */
export async function endSession(deps: Deps, session: Session): Promise<void> {
  await deleteSession(deps.store.db, session.sidHash);
  deps.events.publish({ kind: 'sessionChanged', sidHash: session.sidHash });
}

/** Ends every session of a corp: it removed the app. */
export async function endSessionsOfCorp(deps: Deps, corpId: string): Promise<void> {
  await deleteSessionsOf(deps.store.db, corpId, null);
  deps.events.changed({ corpId, userId: null });
}

/** Ends a member's sessions: they left, or may no longer use the app. */
export async function endSessionsOfMember(deps: Deps, corpId: string, userId: string): Promise<void> {
  await deleteSessionsOf(deps.store.db, corpId, userId);
  deps.events.changed({ corpId, userId });
}
