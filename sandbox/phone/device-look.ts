/** How a phone is set up: what the client writes into its user agent. */
export type DeviceLook = { language: 'zh' | 'en'; scheme: 'Light' | 'Dark' };

export const DEFAULT_LOOK: DeviceLook = { language: 'zh', scheme: 'Light' };

/** Reads `lang` and `scheme` from a query; what is missing or unknown stays as it was. */
export function parseLook(query: URLSearchParams, before: DeviceLook): DeviceLook {
  const language = query.get('lang');
  const scheme = query.get('scheme');
  return {
    language: language === 'zh' || language === 'en' ? language : before.language,
    scheme: scheme === 'Light' || scheme === 'Dark' ? scheme : before.scheme,
  };
}

/** The user agent with its `Language/` and `ColorScheme/` marks set; marks the client does not write are not added. */
export function dressUserAgent(userAgent: string, look: DeviceLook): string {
  return userAgent
    .replace(/\bLanguage\/[\w-]+/, `Language/${look.language}`)
    .replace(/\bLang\/[\w-]+/, `Lang/${look.language}`)
    .replace(/\bColorScheme\/\w+/, `ColorScheme/${look.scheme}`);
}

/** What the same device says to a server that reads `Accept-Language` instead. */
export function acceptLanguage(look: DeviceLook): string {
  return look.language === 'en' ? 'en-US,en;q=0.9' : 'zh-CN,zh;q=0.9';
}
