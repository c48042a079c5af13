/** Where a visit goes when it names no page of ours. */
export const HOME_PATH = '/records';

const MAX_BYTES = 2048;
const OWN_ORIGIN = 'http://own.invalid';
/** One-time parameters of a login; they must not come back into an address bar. */
const ONE_TIME = ['code', 'state', 'auth_code'];
/** Not pages: returning there would start a login again, or answer a person with JSON. */
const NOT_A_PAGE = /^\/(?:login|api|gate|wecom|install)(?:\/|$)/i;

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char < ' ' || char === '\u007f');
}

/** The path as a lenient proxy or router might see it: percent signs resolved until nothing changes; null if broken. */
function decodeFully(path: string): string | null {
  let current = path;
  for (let round = 0; round < 5; round += 1) {
    try {
      const next = decodeURIComponent(current);
      if (next === current) return current;
      current = next;
    } catch {
      return null;
    }
  }
  return null;
}

function isPlainOwnPath(path: string): boolean {
  if (!path.startsWith('/') || path.startsWith('//')) return false;
  return !path.includes('\\') && !hasControlCharacter(path);
}

function parseOwnUrl(raw: string): URL | null {
  if (Buffer.byteLength(raw) > MAX_BYTES || !isPlainOwnPath(raw)) return null;
  const url = URL.canParse(raw, OWN_ORIGIN) ? new URL(raw, OWN_ORIGIN) : null;
  return url?.origin === OWN_ORIGIN ? url : null;
}

/** Deleting only what is there: URLSearchParams would re-spell an untouched query. */
function withoutOneTime(query: URLSearchParams, search: string): string {
  const found = ONE_TIME.filter((name) => query.has(name));
  if (found.length === 0) return search;
  found.forEach((name) => query.delete(name));
  return query.size === 0 ? '' : `?${query}`;
}

/**
 * The page to go to after login: a path of ours with its query, or HOME_PATH for anything else. What looks like another
 * origin to any reader of the string (browser, proxy, router) is not a path of ours, however it is spelt.
 */
export function safeReturnTo(raw: unknown): string {
  const url = typeof raw === 'string' ? parseOwnUrl(raw) : null;
  const path = url && decodeFully(url.pathname);
  if (!url || !path || !isPlainOwnPath(path) || path.includes('//') || NOT_A_PAGE.test(path)) return HOME_PATH;
  return (path === '/' ? HOME_PATH : url.pathname) + withoutOneTime(url.searchParams, url.search);
}
