import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inKilobytes } from '../run';

/** WeChat's own limits for an upload, and what we allow ourselves for the part that everybody waits for. */
export const LIMITS = {
  package: 2 * 1024 * 1024,
  total: 20 * 1024 * 1024,
  mainBudget: 700 * 1024,
} as const;

/** What a built mini-program weighs, in bytes as uploaded. */
export type MiniProgramSize = {
  readonly main: number;
  readonly subPackages: Readonly<Record<string, number>>;
  readonly total: number;
};

type AppJson = { readonly subPackages?: readonly { readonly root: string }[] };

/** Left behind by the build and not uploaded. */
const NOT_UPLOADED = /^project\..*config\.json$|\.LICENSE\.txt$|\.map$/;

function filesOf(folder: string): { readonly file: string; readonly bytes: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => ({ file: file.split(path.sep).join('/'), stat: statSync(path.join(folder, file)) }))
    .filter(({ file, stat }) => stat.isFile() && !NOT_UPLOADED.test(file))
    .map(({ file, stat }) => ({ file, bytes: stat.size }));
}

const sum = (files: readonly { readonly bytes: number }[]): number => files.reduce((all, { bytes }) => all + bytes, 0);

/** Weighs the packages of a built mini-program: a sub-package is what lies under its root, the main package the rest. */
export function weighMiniProgram(folder: string): MiniProgramSize {
  const { subPackages = [] } = JSON.parse(readFileSync(path.join(folder, 'app.json'), 'utf8')) as AppJson;
  const files = filesOf(folder);
  const under = (root: string) => files.filter(({ file }) => file.startsWith(`${root.replace(/\/+$/, '')}/`));
  const sizes = subPackages.map(({ root }) => [root, sum(under(root))] as const);
  const total = sum(files);
  return {
    main: total - sizes.reduce((all, [, bytes]) => all + bytes, 0),
    subPackages: Object.fromEntries(sizes),
    total,
  };
}

function tooLarge(what: string, bytes: number, limit: number): string | null {
  return bytes <= limit ? null : `${what} has ${inKilobytes(bytes)}, allowed are ${inKilobytes(limit)}`;
}

/**
 * One line about the sizes.
 * @throws when a package is larger than WeChat takes, or the main package larger than our budget
 */
export function reportMiniProgramSize(folder: string): string {
  const { main, subPackages, total } = weighMiniProgram(folder);
  const parts = Object.entries(subPackages);
  const problems = [
    tooLarge('the main package', main, LIMITS.mainBudget),
    ...parts.map(([root, bytes]) => tooLarge(`the sub-package ${root}`, bytes, LIMITS.package)),
    tooLarge('the mini-program', total, LIMITS.total),
  ].filter((problem) => problem !== null);
  if (problems.length > 0) throw new Error(`${folder} is too large:\n  ${problems.join('\n  ')}`);
  const shown = parts.map(([root, bytes]) => `, ${root} ${inKilobytes(bytes)}`).join('');
  return `main package ${inKilobytes(main)} of ${inKilobytes(LIMITS.mainBudget)}${shown}, total ${inKilobytes(total)} of 20 MB`;
}
