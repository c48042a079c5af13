import { EN } from './en';
import { ZH_CN } from './zh-cn';
import type { Words } from './words';

export type { Words } from './words';

const WORDS: Readonly<Record<'zh-CN' | 'en', Words>> = { 'zh-CN': ZH_CN, en: EN };

/** The front end's words in the person's language. */
export function wordsOf(lang: 'zh-CN' | 'en'): Words {
  return WORDS[lang];
}
