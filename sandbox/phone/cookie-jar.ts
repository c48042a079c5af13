type Cookie = { name: string; value: string; path: string; expiresAtMs: number | null };

/** The cookies of one phone at one server. Kept here and not in the browser, so that persons never share a session. */
export type CookieJar = {
  /** Takes the `Set-Cookie` headers of an answer to a request for `requestPath`. */
  store(setCookies: readonly string[], requestPath: string): void;
  /** The `Cookie` header for a request, or null when there is nothing to send. */
  header(requestPath: string): string | null;
};

/** A jar whose cookies end by the given clock (ms). Domains are not looked at: a jar belongs to one origin. */
export function createCookieJar(now: () => number): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    store(setCookies, requestPath) {
      for (const line of setCookies) {
        const cookie = parseSetCookie(line, requestPath, now());
        if (!cookie) continue;
        const key = `${cookie.name};${cookie.path}`;
        if (isOver(cookie, now())) cookies.delete(key);
        else cookies.set(key, cookie);
      }
    },
    header(requestPath) {
      const sent = [...cookies.values()]
        .filter((cookie) => !isOver(cookie, now()) && pathMatches(cookie.path, requestPath))
        .sort((a, b) => b.path.length - a.path.length)
        .map((cookie) => `${cookie.name}=${cookie.value}`);
      return sent.length > 0 ? sent.join('; ') : null;
    },
  };
}

function parseSetCookie(line: string, requestPath: string, nowMs: number): Cookie | null {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 1 || !name) return null;
  const cookie: Cookie = {
    name,
    value: pair.slice(equals + 1).trim(),
    path: defaultPath(requestPath),
    expiresAtMs: null,
  };
  let maxAgeSeen = false;
  for (const attribute of attributes) {
    const [rawKey = '', ...rest] = attribute.split('=');
    const value = rest.join('=').trim();
    const key = rawKey.trim().toLowerCase();
    if (key === 'path' && value.startsWith('/')) cookie.path = value;
    if (key === 'max-age' && /^-?\d+$/.test(value)) {
      // RFC 6265 §5.3: Max-Age wins over Expires, wherever it stands.
      maxAgeSeen = true;
      cookie.expiresAtMs = nowMs + Number(value) * 1000;
    }
    if (key === 'expires' && !maxAgeSeen && !Number.isNaN(Date.parse(value))) cookie.expiresAtMs = Date.parse(value);
  }
  return cookie;
}

const isOver = (cookie: Cookie, nowMs: number): boolean => cookie.expiresAtMs !== null && cookie.expiresAtMs <= nowMs;

function defaultPath(requestPath: string): string {
  const end = requestPath.lastIndexOf('/');
  return end <= 0 ? '/' : requestPath.slice(0, end);
}

function pathMatches(cookiePath: string, requestPath: string): boolean {
  if (!requestPath.startsWith(cookiePath)) return false;
  return cookiePath.endsWith('/') || requestPath.length === cookiePath.length || requestPath[cookiePath.length] === '/';
}
