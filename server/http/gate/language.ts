import { LRUCache } from 'lru-cache';
import type { Language } from '../../../domain/words/messages';
import type { AppContext } from '../router';
import { readClient } from '../user-agent';

const KEPT = 500;

/** Reads the language of a client; a user agent seen before is not read again. */
export function createLanguageReader(): (ctx: AppContext) => Language {
  const known = new LRUCache<string, Language>({ max: KEPT });
  return (ctx) => {
    const { 'accept-language': accepts = '', 'user-agent': agent = '' } = ctx.req.headers;
    const key = `${agent}\n${accepts}`;
    const language = known.get(key) ?? readClient(agent, accepts).lang;
    known.set(key, language);
    return language;
  };
}
