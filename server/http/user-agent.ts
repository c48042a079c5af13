/** What the User-Agent says about the visitor's client. It steers the page and proves nothing: anyone can send it. */
export type Client = {
  readonly kind: 'wecom' | 'wechat' | 'browser';
  /** WeCom's own version, `4.1.30`; null elsewhere. */
  readonly version: string | null;
  readonly desktop: boolean;
  readonly lang: 'zh-CN' | 'en';
  readonly scheme: 'light' | 'dark' | 'auto';
};

const WECOM = /wxwork\/([\d.]+)/i;
const WECHAT = /micromessenger/i;
const HANDHELD = /iphone|ipad|ipod|android|mobile|harmony/i;

/** WeCom says MicroMessenger too, so it has to be looked for first (as @wecom/jssdk does). */
function readKind(userAgent: string): Client['kind'] {
  if (WECOM.test(userAgent)) return 'wecom';
  return WECHAT.test(userAgent) ? 'wechat' : 'browser';
}

/** The client's `Language/` decides, then the browser's first language; Chinese when nobody says. */
function readLang(userAgent: string, acceptLanguage: string): Client['lang'] {
  const said = /\bLanguage\/([a-z]+)/i.exec(userAgent)?.[1] ?? /^\s*([a-z]+)/i.exec(acceptLanguage)?.[1] ?? 'zh';
  return said.toLowerCase() === 'zh' ? 'zh-CN' : 'en';
}

function readScheme(userAgent: string): Client['scheme'] {
  const said = /\bColorScheme\/(light|dark)\b/i.exec(userAgent)?.[1]?.toLowerCase();
  return said === 'dark' || said === 'light' ? said : 'auto';
}

/** Reads kind, language and colour scheme of a client from its headers; every string gives an answer. */
export function readClient(userAgent: string, acceptLanguage = ''): Client {
  return {
    kind: readKind(userAgent),
    version: WECOM.exec(userAgent)?.[1] ?? null,
    desktop: !HANDHELD.test(userAgent),
    lang: readLang(userAgent, acceptLanguage),
    scheme: readScheme(userAgent),
  };
}
