import { hashSecret } from '../../ids';
import type { Deps } from '../../deps';
import { claimLoginState, findLoginState, insertLoginState } from '../../store/login-states';
import type { LoginStatesTable } from '../../store/schema';
import { wayOf, type LoginWay } from './login-way';

/** A login has to come back within this time; WeCom's code lives five minutes, a scan needs a moment before. */
export const LOGIN_TTL_MS = 10 * 60_000;

/** 32 base62 characters carry 190 bits; WeCom takes up to 128, letters and digits only (84025). */
const STATE_LENGTH = 32;

/** Keeps a login under a fresh state, bound to one browser, and returns the state to hand to WeCom. */
export async function keepLogin(deps: Deps, browserHash: string, way: LoginWay): Promise<string> {
  const state = deps.ids.token(STATE_LENGTH);
  const nowMs = deps.clock.now();
  await insertLoginState(deps.store.db, {
    state_hash: hashSecret(state),
    browser_hash: browserHash,
    purpose: way.purpose,
    corp_id: way.corpId,
    return_to: way.returnTo,
    entry: way.entry,
    attempt: way.attempt,
    created_at_ms: nowMs,
    expires_at_ms: nowMs + LOGIN_TTL_MS,
    used_at_ms: null,
  });
  return state;
}

/**
 * What a state turned out to be: `claimed` is this browser's, in time, and now used up; `used` was this browser's before;
 * `foreign` is another browser's or too late; `unknown` was never ours.
 */
export type Claim =
  | { readonly kind: 'claimed' | 'used' | 'foreign'; readonly way: LoginWay }
  | { readonly kind: 'unknown'; readonly way: null };

function isLogin(row: LoginStatesTable | null): row is LoginStatesTable {
  return row !== null && row.purpose !== 'install';
}

/** Uses a state up for the browser that presents it; of any number of requests with one state a single one gets it. */
export async function claimLogin(deps: Deps, browserHash: string | null, state: string): Promise<Claim> {
  const stateHash = hashSecret(state);
  const row = await findLoginState(deps.store.db, stateHash);
  if (!isLogin(row)) return { kind: 'unknown', way: null };
  const way = wayOf(row);
  if (browserHash !== row.browser_hash) return { kind: 'foreign', way };
  const claim = { stateHash, browserHash, nowMs: deps.clock.now() };
  if (await claimLoginState(deps.store.db, claim)) return { kind: 'claimed', way };
  return { kind: row.expires_at_ms > claim.nowMs ? 'used' : 'foreign', way };
}
