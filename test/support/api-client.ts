import { createSession } from '../../server/http/session';
import type { Deps } from '../../server/deps';
import type { Entry } from '../../domain/facts';

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; fails when it is none. */
  readonly json: <T = Record<string, unknown>>() => T;
};

/** Calls of one person, carried by a Bearer token. */
export type ApiClient = {
  readonly token: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<ApiAnswer>;
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<ApiAnswer>;
};

type Server = { readonly origin: string; readonly deps: Deps };

/** A client without a session. */
export function anonymous(origin: string): Omit<ApiClient, 'token'> {
  return clientWith(origin, {});
}

/** A member's client, logged in past the login itself. */
export async function logIn(
  { deps, origin }: Server,
  who: { corpId: string; userId: string; entry?: Entry },
): Promise<ApiClient> {
  const { token } = await createSession(deps, {
    kind: 'member',
    client: 'h5',
    corpId: who.corpId,
    userId: who.userId,
    openUserId: null,
    openId: null,
    entry: who.entry ?? 'qr',
    loginNamedAgent: false,
  });
  return { token, ...clientWith(origin, { authorization: `Bearer ${token}` }) };
}

/** The client of a visitor who is no member of any corp. */
export async function logInOutsider({ deps, origin }: Server): Promise<ApiClient> {
  const { token } = await createSession(deps, {
    kind: 'outsider',
    client: 'h5',
    corpId: null,
    userId: null,
    openUserId: null,
    openId: 'openid-of-an-outsider',
    entry: 'qr',
    loginNamedAgent: false,
  });
  return { token, ...clientWith(origin, { authorization: `Bearer ${token}` }) };
}

function clientWith(origin: string, own: Record<string, string>): Omit<ApiClient, 'token'> {
  const call = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const response = await fetch(origin + path, { method, redirect: 'manual', headers: { ...own, ...headers }, body });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T };
  };
  return {
    get: (path, headers = {}) => call('GET', path, headers),
    post: (path, body, headers = {}) =>
      body instanceof URLSearchParams
        ? call('POST', path, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body.toString())
        : call('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body ?? {})),
  };
}
