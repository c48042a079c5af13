import { HOUR_MS, MINUTE_MS, DAY_MS } from '../clock';
import { lookUp } from '../state/index-of';
import type { Token, TokenKind } from '../state/types';
import { newId, type World } from '../world';

/** Lifetime of every token and ticket that is asked for (credentials.md section 1). */
export const TOKEN_LIFE_MS = 2 * HOUR_MS;

/** Close to its end a token is replaced rather than returned again. */
const RENEW_BEFORE_MS = 5 * MINUTE_MS;

/** Dead tokens are remembered this long, so that they answer "expired" and not "unknown". */
const REMEMBERED_MS = 30 * DAY_MS;

/** A token for this key: the living one, or a new one. `expiresIn` counts the seconds it has left. */
export function issueToken(world: World, kind: TokenKind, key: string): { value: string; expiresIn: number } {
  const now = world.clock.now();
  forgetOldest(world, now);
  const living = tokensOf(world, kind, key).find((token) => token.expiresAtMs > now + RENEW_BEFORE_MS);
  const token: Token = living ?? { value: newId(kind.replace('_', '')), kind, key, expiresAtMs: now + TOKEN_LIFE_MS };
  if (!living) world.state.tokens.push(token);
  return { value: token.value, expiresIn: Math.floor((token.expiresAtMs - now) / 1000) };
}

/** Tokens lie in the order of their ends, so the first one tells whether any is old enough to be forgotten. */
function forgetOldest(world: World, nowMs: number): void {
  const { tokens } = world.state;
  if ((tokens[0]?.expiresAtMs ?? Infinity) > nowMs - REMEMBERED_MS) return;
  world.state.tokens = tokens.filter((token) => token.expiresAtMs > nowMs - REMEMBERED_MS);
}

function tokensOf(world: World, kind: TokenKind, key: string): readonly Token[] {
  return lookUp(world.state.tokens, 'key', (token) => `${token.kind} ${token.key}`, `${kind} ${key}`);
}

export function findToken(world: World, value: string): Token | null {
  return lookUp(world.state.tokens, 'value', (token) => token.value, value)[0] ?? null;
}

/** Forgets every token of this key: the right behind it is gone. */
export function revokeTokens(world: World, key: string): void {
  world.state.tokens = world.state.tokens.filter((token) => token.key !== key);
}

/** Forgets one token before its time, as WeCom may. */
export function revokeToken(world: World, value: string): void {
  world.state.tokens = world.state.tokens.filter((token) => token.value !== value);
}

/** Key under which a corp's tokens for one app are kept. */
export const corpTokenKey = (suiteId: string, corpId: string): string => `${suiteId}/${corpId}`;
