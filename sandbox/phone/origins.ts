/** Pages that WeCom itself shows inside the web view or the browser: served through the proxy, as the phone. */
const WECOM_PAGES = ['/connect/', '/wwlogin/', '/wwopen/', '/3rdapp/'];

/** Whether a path on the phone's origin belongs to WeCom and not to the app. */
export function isWecomPage(path: string): boolean {
  return WECOM_PAGES.some((prefix) => path.startsWith(prefix));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether two URLs reach the same server: same scheme and port, and the loopback names count as one. */
export function sameServer(a: URL, b: URL): boolean {
  const sameHost = a.hostname === b.hostname || (LOOPBACK.has(a.hostname) && LOOPBACK.has(b.hostname));
  return sameHost && a.protocol === b.protocol && a.port === b.port;
}

export type Origins = { app: string; sandbox: string; phone: string };

/**
 * Where the browser must go for a `Location` that the app or WeCom answered: their own pages come back into the
 * proxy, other pages of the sandbox keep the host name the browser uses (cookies hang on it), the rest stays.
 */
export function mapLocation(location: string, origins: Origins): string {
  const target = parseAbsolute(location);
  if (!target) return location;
  // The client takes this mark of an authorize link for itself; left in, it would stick to every page that follows.
  const hash = target.hash === '#wechat_redirect' ? '' : target.hash;
  const path = target.pathname + target.search + hash;
  const intoProxy =
    sameServer(target, new URL(origins.app)) ||
    sameServer(target, new URL(origins.phone)) ||
    (sameServer(target, new URL(origins.sandbox)) && isWecomPage(target.pathname));
  if (intoProxy) return origins.phone + path;
  if (!sameServer(target, new URL(origins.sandbox))) return location;
  target.hostname = new URL(origins.phone).hostname;
  return target.href;
}

/** The same page's address as the server behind the proxy knows it; null for a page that is not the phone's. */
export function mapReferer(referer: string | undefined, origins: Origins, upstream: string): string | null {
  const from = referer ? parseAbsolute(referer) : null;
  if (!from || !sameServer(from, new URL(origins.phone)) || from.pathname.startsWith('/__phone/')) return null;
  return upstream + from.pathname + from.search;
}

function parseAbsolute(text: string): URL | null {
  return /^https?:/i.test(text) && URL.canParse(text) ? new URL(text) : null;
}
