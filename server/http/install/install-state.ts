import type { Deps } from '../../deps';
import { hashSecret } from '../../ids';
import { claimLoginState, insertLoginState } from '../../store/login-states';

/** The administrator reads and agrees in between; a pre_auth_code lives 20 minutes (90601). */
const INSTALL_TTL_MS = 20 * 60_000;
/** WeCom takes up to 128 letters and digits (84025); 32 base62 characters carry 190 bits. */
const STATE_LENGTH = 32;

/** Keeps an installation that was begun, bound to one browser, and returns the state to hand to WeCom. */
export async function keepInstallState(deps: Deps, browserHash: string): Promise<string> {
  const state = deps.ids.token(STATE_LENGTH);
  const nowMs = deps.clock.now();
  await insertLoginState(deps.store.db, {
    state_hash: hashSecret(state),
    browser_hash: browserHash,
    purpose: 'install',
    corp_id: null,
    return_to: '/admin',
    entry: 'admin',
    attempt: 0,
    created_at_ms: nowMs,
    expires_at_ms: nowMs + INSTALL_TTL_MS,
    used_at_ms: null,
  });
  return state;
}

/** Uses a state up. False when it is not this browser's, was used before, or came too late. */
export async function claimInstallState(deps: Deps, browserHash: string | null, state: string): Promise<boolean> {
  if (browserHash === null) return false;
  return claimLoginState(deps.store.db, { stateHash: hashSecret(state), browserHash, nowMs: deps.clock.now() });
}
