/** One answer, not followed. */
export type BrowserAnswer = {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | null;
  readonly text: string;
};

/** A person's browser over real HTTP: keeps cookies per origin, follows redirects one at a time. */
export type Browser = {
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => Promise<BrowserAnswer>;
  /** Follows redirects to the end; `hops` are the addresses on the way, the last one included. */
  readonly open: (url: string) => Promise<BrowserAnswer & { readonly hops: readonly string[] }>;
  readonly cookie: (origin: string, name: string) => string | undefined;
  readonly setCookie: (origin: string, name: string, value: string) => void;
  readonly dropCookies: () => void;
};

const MOST_HOPS = 15;

export type BrowserOptions = {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies this browser blocks. */
  readonly refuses?: (cookieName: string) => boolean;
};

export function createBrowser(options: BrowserOptions = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (origin: string): Map<string, string> => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };

  const keep = (origin: string, setCookies: readonly string[]): void => {
    for (const line of setCookies) {
      const [pair = ''] = line.split(';', 1);
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      if (!options.refuses?.(name)) jarOf(origin).set(name, pair.slice(at + 1).trim());
    }
  };

  const get: Browser['get'] = async (url, headers = {}) => {
    const { origin } = new URL(url);
    const cookie = [...jarOf(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { accept: 'text/html', ...options.headers, ...(cookie && { cookie }), ...headers };
    const response = await fetch(url, { redirect: 'manual', headers: sent });
    keep(origin, response.headers.getSetCookie());
    const location = response.headers.get('location');
    const text = await response.text();
    return {
      url,
      status: response.status,
      headers: response.headers,
      location: location && new URL(location, url).href,
      text,
    };
  };

  const open: Browser['open'] = async (url) => {
    const hops = [url];
    for (let answer = await get(url); ; answer = await get(answer.location)) {
      if (answer.location === null) return { ...answer, hops };
      hops.push(answer.location);
      if (hops.length > MOST_HOPS) throw new Error(`redirects in circles:\n${hops.join('\n')}`);
    }
  };

  return {
    get,
    open,
    cookie: (origin, name) => jars.get(origin)?.get(name),
    setCookie: (origin, name, value) => void jarOf(origin).set(name, value),
    dropCookies: () => jars.clear(),
  };
}
