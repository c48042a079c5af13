import { WireError } from '../http/wire-error';
import type { Call } from '../http/wire';
import { findCorp, findInstall, getProvider, getSuite } from '../state/find';
import type { Corp, Install, Provider, Suite, Token, TokenKind } from '../state/types';
import type { World } from '../world';
import { findToken } from './issue';

type Codes = { readonly missing: number; readonly unknown: number; readonly expired: number };

const SUITE_CODES: Codes = { missing: 41022, unknown: 40082, expired: 42009 };
const ACCESS_CODES: Codes = { missing: 41001, unknown: 40014, expired: 42001 };

function requireToken(world: World, value: string | null, kind: TokenKind, codes: Codes): Token {
  if (!value) throw new WireError(codes.missing);
  const token = findToken(world, value);
  if (token?.kind !== kind) throw new WireError(codes.unknown);
  if (token.expiresAtMs <= world.clock.now()) throw new WireError(codes.expired);
  return token;
}

/** The suite this call speaks for, by `suite_access_token`. */
export function requireSuiteToken(world: World, call: Call): Suite {
  return getSuite(world, requireToken(world, call.query.get('suite_access_token'), 'suite', SUITE_CODES).key);
}

/** The provider this call speaks for. Licence calls name the token `provider_access_token`, get_login_info `access_token`. */
export function requireProviderToken(world: World, call: Call, name = 'provider_access_token'): Provider {
  return getProvider(world, requireToken(world, call.query.get(name), 'provider', ACCESS_CODES).key);
}

/** The app inside one corp this call speaks for, by `access_token`. */
export function requireCorpToken(world: World, call: Call): { suite: Suite; corp: Corp; install: Install } {
  const token = requireToken(world, call.query.get('access_token'), 'corp', ACCESS_CODES);
  const [suiteId = '', corpId = ''] = token.key.split('/');
  const corp = findCorp(world, corpId);
  const install = corp && findInstall(corp, suiteId);
  if (!corp || !install) throw new WireError(40014);
  return { suite: getSuite(world, suiteId), corp, install };
}
