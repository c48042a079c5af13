import type { Call } from '../http/wire';
import { findToken } from '../tokens/issue';
import type { World } from '../world';

const NAMES = ['corpid', 'auth_corpid', 'from_corpid'];

/** The customer corp a call is about: its token's, or the one it names; null when it is about none. */
export function corpOfCall(world: World, call: Call): string | null {
  const { corpId } = bearerOf(world, call);
  if (corpId !== null) return corpId;
  const body = (call.body ?? {}) as Record<string, unknown>;
  const named = NAMES.map((name) => body[name]).find((value) => typeof value === 'string');
  return typeof named === 'string' ? named : null;
}

/** The app that speaks with a corp's token; null with any other. */
export function suiteOfCall(world: World, call: Call): string | null {
  return bearerOf(world, call).suiteId;
}

function bearerOf(world: World, call: Call): { suiteId: string | null; corpId: string | null } {
  const token = findToken(world, call.query.get('access_token') ?? '');
  const [suiteId = null, corpId = null] = token?.kind === 'corp' ? token.key.split('/') : [];
  return { suiteId, corpId };
}
