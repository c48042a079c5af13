import { en } from './words-en';
import { zh, type Words } from './words-zh';

export type Lang = 'zh' | 'en';
export type WordKey = keyof Words;
export type Say = (key: WordKey, values?: Record<string, string | number>) => string;

/** A speaker of one language: fills `{name}` places of a sentence. */
export function speaker(lang: Lang): Say {
  const words = lang === 'zh' ? zh : en;
  return (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_place, name: string) => String(values[name] ?? ''));
}
