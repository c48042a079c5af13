import type { Call } from '../http/wire';
import { findToken } from '../tokens/issue';
import type { World } from '../world';

const NAMES = ['corpid', 'auth_corpid', 'from_corpid'];

/** The customer corp a call is about: its token's, or the one it names; null when it is about none. */
export function corpOfCall(world: World, call: Call): string | null {
  const token = findToken(world, call.query.get('access_token') ?? '');
  if (token?.kind === 'corp') return token.key.split('/')[1] ?? null;
  const body = (call.body ?? {}) as Record<string, unknown>;
  const named = NAMES.map((name) => body[name]).find((value) => typeof value === 'string');
  return typeof named === 'string' ? named : null;
}
