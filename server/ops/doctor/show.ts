import type { Report } from '../command';
import type { Language } from '../text';
import type { Result } from './check';
import type { Checked } from './run-doctor';

const MARK: Record<Result, string> = { ok: '✓', note: '·', warn: '!', fail: '✗', skip: '–' };
const COLOUR: Record<Result, number> = { ok: 32, note: 36, warn: 33, fail: 31, skip: 90 };

const SUMMARY = {
  zh: { none: '一切正常。', some: (count: number) => `${count} 项要处理（✗），改好后再运行一次。` },
  en: { none: 'All is well.', some: (count: number) => `${count} to put right (✗); run it again afterwards.` },
};

/** The findings as a list that reads from top to bottom: what, what came of it, what to do. */
export function showFindings(findings: readonly Checked[], language: Language, colours: boolean): Report {
  const paint = (result: Result, said: string): string =>
    colours ? `\u001b[${COLOUR[result]}m${said}\u001b[0m` : said;
  const lines = findings.flatMap(({ result, seen, title, todo, tried }) => [
    `${paint(result, MARK[result])} ${title[language]}  ${paint('skip', tried)}`,
    `    ${seen[language]}`,
    ...(todo === null ? [] : [`    → ${todo[language]}`]),
  ]);
  const failures = findings.filter(({ result }) => result === 'fail').length;
  const summary = SUMMARY[language];
  return {
    lines: [...lines, '', failures === 0 ? summary.none : summary.some(failures)],
    json: { ok: failures === 0, checks: findings },
    failed: failures > 0,
  };
}
