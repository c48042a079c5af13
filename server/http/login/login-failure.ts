import { z } from 'zod';
import type { GateState } from '../../../src/gate/gate-state';
import { speak } from '../../words';
import { wayHref, type LoginWay } from './login-way';
import { safeReturnTo } from './return-to';

/** Why a login ended without a session, as far as the person has to know. */
export const LOGIN_FAILURES = [
  'cookies',
  'code',
  'unlicensed',
  'unavailable',
  'refused',
  'app_not_installed',
  'admin_code',
] as const;
export type LoginFailure = (typeof LOGIN_FAILURES)[number];

const STATUS: Readonly<Record<LoginFailure, number>> = {
  cookies: 400,
  code: 401,
  unlicensed: 403,
  unavailable: 503,
  refused: 502,
  app_not_installed: 403,
  admin_code: 401,
};

/** A failed login in the address of its screen: nothing secret, and nothing that is believed. */
const FailedQuery = z.object({
  why: z.enum(LOGIN_FAILURES).catch('refused'),
  errcode: z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number)
    .nullable()
    .catch(null),
  via: z.enum(['oauth', 'web']).catch('oauth'),
  corp: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullable()
    .catch(null),
  return_to: z.unknown().optional().transform(safeReturnTo),
});

/** Address of the screen that tells a failure; WeCom's code and state stay behind. */
export function failureHref(
  why: LoginFailure,
  errcode: number | null,
  way: Omit<LoginWay, 'attempt' | 'entry'>,
): string {
  const query = new URLSearchParams({ why, via: way.purpose, return_to: way.returnTo });
  if (errcode !== null) query.set('errcode', String(errcode));
  if (way.corpId) query.set('corp', way.corpId);
  return `/login/failed?${query}`;
}

type FailureScreen = {
  readonly status: number;
  readonly returnTo: string;
  readonly failure: NonNullable<GateState['failure']>;
};

/** The screen behind `failureHref`, in the person's language; total over whatever is in the address. */
export function presentFailure(query: unknown, lang: GateState['lang']): FailureScreen {
  const { why, errcode, via, corp, return_to: returnTo } = FailedQuery.parse(query);
  const say = speak(lang);
  const words = { title: say(`login.${why}.title`), sentence: say(`login.${why}.sentence`) };
  const code = errcode === null ? `login.${why}` : `login.${why}/${errcode}`;
  const retryHref = wayHref({ purpose: via, corpId: corp, returnTo });
  return { status: STATUS[why], returnTo, failure: { code, ...words, retryHref } };
}
