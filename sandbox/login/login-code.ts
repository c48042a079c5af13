import { MINUTE_MS } from '../clock';
import { WireError } from '../http/wire-error';
import type { LoginCode } from '../state/types';
import { newId, type World } from '../world';
import type { Person } from './people';

/** Codes of every login live five minutes and work once (login.md). */
export const LOGIN_CODE_LIFE_MS = 5 * MINUTE_MS;

/** How long a spent or dead code is remembered, to answer 42022 rather than 40029. */
const REMEMBERED_MS = 60 * MINUTE_MS;

export type CodeTerms = Pick<LoginCode, 'form' | 'suiteId' | 'forCorpId' | 'privateInfo'>;

export function mintLoginCode(world: World, person: Person, terms: CodeTerms): LoginCode {
  const now = world.clock.now();
  const code: LoginCode = {
    ...terms,
    code: newId('', 32),
    corpId: person.corp?.corpId ?? null,
    userId: person.member?.userId ?? null,
    openId: person.openId,
    expiresAtMs: now + LOGIN_CODE_LIFE_MS,
    used: false,
  };
  world.state.loginCodes = [...world.state.loginCodes.filter((one) => one.expiresAtMs > now - REMEMBERED_MS), code];
  return code;
}

/** Spends a code made in one of these forms for this app. Throws 40029 (unknown, expired, other app) or 42022 (used). */
export function spendLoginCode(
  world: World,
  value: string,
  forms: readonly LoginCode['form'][],
  suiteId: string | null,
): LoginCode {
  const code = world.state.loginCodes.find((one) => one.code === value && forms.includes(one.form));
  if (!code || (suiteId !== null && code.suiteId !== suiteId)) throw new WireError(40029);
  if (code.used) throw new WireError(42022);
  if (code.expiresAtMs <= world.clock.now()) throw new WireError(40029);
  code.used = true;
  return code;
}
