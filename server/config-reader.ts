import { fixedUtcOffsetMinutes } from './config-zone';

export type Env = Readonly<Record<string, string | undefined>>;

/** The environment is unusable; the message lists every problem, one per line. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Keys = { readonly token: string; readonly aesKey: Buffer };
type Range = { readonly fallback: number; readonly min: number; readonly max: number };

/** Reads variables one by one, collecting problems; `finish` throws them all. A bad value reads as an empty stand-in. */
export function readEnv(env: Env) {
  const problems: string[] = [];
  const complain = <T>(problem: string, standIn: T): T => {
    problems.push(problem);
    return standIn;
  };
  // An empty variable is a missing one: that is how compose files and CI pass "not set".
  const given = (name: string): string | null => env[name]?.trim() || null;

  const text = (name: string, fallback?: string): string =>
    given(name) ?? fallback ?? complain(`${name} is missing`, '');

  const list = (name: string): string[] =>
    text(name)
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');

  const integer = (name: string, { fallback, max, min }: Range): number => {
    const value = given(name);
    if (value === null) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    return complain(`${name} must be a whole number from ${min} to ${max}`, fallback);
  };

  const choice = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const value = given(name);
    if (value === null) return fallback;
    return choices.find((one) => one === value) ?? complain(`${name} must be one of ${choices.join(', ')}`, fallback);
  };

  const url = (name: string, value: string): URL | null => {
    const parsed = URL.canParse(value) ? new URL(value) : null;
    if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username) return parsed;
    return complain(`${name} must be a http:// or https:// address`, null);
  };

  const origin = (name: string, fallback?: string): string => {
    const value = text(name, fallback);
    if (value === '') return '';
    const parsed = url(name, value.includes('://') ? value : `https://${value}`);
    if (!parsed) return '';
    if (parsed.pathname !== '/' || parsed.search || parsed.hash) {
      return complain(`${name} must be an origin only, without a path`, '');
    }
    return parsed.origin;
  };

  const optionalUrl = (name: string): string | null => {
    const value = given(name);
    return value === null ? null : (url(name, value)?.toString() ?? null);
  };

  const databaseUrl = (name: string, fallback: string): string => {
    const value = given(name) ?? fallback;
    if (!value.includes('://') || (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value))) return value;
    return complain(`${name} must be postgres://… or a folder`, fallback);
  };

  const secrets = (name: string, minLength: number): string[] => {
    const values = list(name);
    if (values.every((value) => value.length >= minLength)) return values;
    return complain(`${name} must have at least ${minLength} characters (each, when several are given)`, []);
  };

  const keys = (name: string, bytes: number): Buffer[] => {
    const values = list(name).map((value) => Buffer.from(value, 'base64'));
    if (values.every((value) => value.length === bytes)) return values;
    return complain(`${name} must be ${bytes} bytes in base64 (several: comma-separated, the first seals)`, []);
  };

  const callbackKeys = (prefix: string, fallback: Keys | null): Keys => {
    const name = `${prefix}_AES_KEY`;
    const token = text(`${prefix}_TOKEN`, fallback?.token);
    const value = given(name);
    if (value === null) return { token, aesKey: fallback?.aesKey ?? complain(`${name} is missing`, Buffer.alloc(32)) };
    if (/^[A-Za-z0-9+/]{43}$/.test(value)) return { token, aesKey: Buffer.from(`${value}=`, 'base64') };
    return complain(`${name} must be the 43 characters of WeCom's EncodingAESKey`, { token, aesKey: Buffer.alloc(32) });
  };

  const utcOffsetMinutes = (name: string, fallback: string): number =>
    fixedUtcOffsetMinutes(given(name) ?? fallback) ??
    complain(`${name} must name a zone with one fixed distance from UTC, like Asia/Shanghai`, 0);

  const clockUrl = (name: string, production: boolean): string | null => {
    const value = given(name) ?? 'system';
    if (value === 'system') return null;
    if (production) return complain(`${name} must be system when NODE_ENV is production`, null);
    return url(name, value)?.toString() ?? null;
  };

  const finish = (): void => {
    if (problems.length > 0) throw new ConfigError(problems);
  };

  return {
    text,
    optional: given,
    integer,
    choice,
    origin,
    optionalUrl,
    databaseUrl,
    secrets,
    keys,
    callbackKeys,
    utcOffsetMinutes,
    clockUrl,
    finish,
  };
}
