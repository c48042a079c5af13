import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LIMITS, reportMiniProgramSize, weighMiniProgram } from '../../scripts/build/mini-program-size';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mini-program-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const APP = JSON.stringify({ pages: ['pages/a/index'], subPackages: [{ root: 'pages/admin', pages: ['index'] }] });

/** A built mini-program with files of these sizes. */
function build(files: Record<string, number>): string {
  writeFileSync(path.join(folder, 'app.json'), APP);
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), Buffer.alloc(bytes));
  }
  return folder;
}

test('what is under a sub-package’s root is its own, the rest is everybody’s; what is not uploaded counts nowhere', () => {
  build({
    'app.js': 100,
    'pages/a/index.js': 10,
    'pages/admin/index.js': 1000,
    'pages/adminother/index.js': 7,
    'app.js.LICENSE.txt': 5000,
    'project.config.json': 5000,
  });
  const main = 117 + APP.length;
  expect(weighMiniProgram(folder)).toEqual({ main, subPackages: { 'pages/admin': 1000 }, total: main + 1000 });
});

test('a main package of exactly the budget is built, one byte more is not', () => {
  build({ 'app.js': LIMITS.mainBudget - APP.length });
  expect(reportMiniProgramSize(folder)).toContain('main package 700.0 KB of 700.0 KB');
  build({ 'app.wxss': 1 });
  expect(() => reportMiniProgramSize(folder)).toThrow(/the main package has .*allowed are 700/);
});

test('a sub-package of exactly 2 MB is built, one byte more is not', () => {
  build({ 'pages/admin/index.js': LIMITS.package });
  expect(reportMiniProgramSize(folder)).toContain('pages/admin 2048.0 KB');
  build({ 'pages/admin/index.wxss': 1 });
  expect(() => reportMiniProgramSize(folder)).toThrow(/the sub-package pages\/admin has/);
});

test('a build that left no app.json is no build', () => {
  expect(() => reportMiniProgramSize(folder)).toThrow(/app\.json/);
});
