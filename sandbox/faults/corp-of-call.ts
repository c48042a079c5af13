import type { Call } from '../http/wire';
import { findOrder, findProvider } from '../state/find';
import { findToken } from '../tokens/issue';
import type { World } from '../world';

const NAMES = ['corpid', 'auth_corpid', 'from_corpid'];

/** The customer corp a call is about: its token's, or the one it names; null when it names none. */
export function corpOfCall(world: World, call: Call): string | null {
  const { corpId } = bearerOf(world, call);
  if (corpId !== null) return corpId;
  const named = NAMES.map((name) => said(call, name)).find((value) => value !== null) ?? null;
  return named === null || findProvider(world, named) !== null ? null : named;
}

/** The same, also where the call names only what is the corp's: an order, a job, somebody's code. */
export function corpConcerned(world: World, call: Call): string | null {
  const { authCodes, loginCodes, renewJobs } = world.state;
  const corpWith = (name: string, find: (value: string) => { corpId: string | null } | null | undefined) => {
    const value = said(call, name);
    return value === null ? null : (find(value)?.corpId ?? null);
  };
  const ofLogin = (value: string) => loginCodes.find(({ code }) => code === value);
  return (
    corpOfCall(world, call) ??
    corpWith('order_id', (value) => findOrder(world, value)) ??
    corpWith('jobid', (value) => renewJobs.find(({ jobId }) => jobId === value)) ??
    corpWith('code', ofLogin) ??
    corpWith('js_code', ofLogin) ??
    corpWith('auth_code', (value) => authCodes.find(({ code }) => code === value) ?? ofLogin(value))
  );
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

/** A parameter of the address or a field of the body. */
function said(call: Call, name: string): string | null {
  const value = ((call.body ?? {}) as Record<string, unknown>)[name] ?? call.query.get(name);
  return typeof value === 'string' ? value : null;
}
