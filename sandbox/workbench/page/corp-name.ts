import { zh } from './words-zh';
import type { Corp } from './state';
import type { Say, WordKey } from './words';

/** A corp's plain name, and the story a sample stands for: 「云杉制造（试用第 12 天）」. No story: an empty string. */
export function nameOfCorp(corp: Corp, say: Say): { corp: string; story: string } {
  const match = /^(.+?)[（(](.+)[）)]$/.exec(corp.name);
  const key = `sample_${corp.sample}`;
  const story = isWord(key) ? say(key) : (match?.[2] ?? '');
  return { corp: match?.[1] ?? corp.name, story };
}

const isWord = (key: string): key is WordKey => key in zh;
