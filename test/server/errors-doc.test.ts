import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '../../server/errors';

const page = readFileSync(path.join(__dirname, '../../docs/errors.md'), 'utf8');
const YES_NO: Readonly<Record<string, boolean>> = { 是: true, 否: false };

function readRows(): [string, unknown][] {
  const rows = page.split('\n').filter((line) => /^\| `[\w.]+` +\| \d{3} +\|/.test(line));
  return rows.map((row) => {
    const [, code = '', status, retry = '', pages = '', zh, en] = row.split('|').map((cell) => cell.trim());
    return [code.replaceAll('`', ''), { status: Number(status), retry: YES_NO[retry], page: YES_NO[pages], zh, en }];
  });
}

test('docs/errors.md says of every code exactly what the table says, in the same order', () => {
  expect(readRows()).toEqual(Object.entries(ERRORS));
});

test('every sentence ends, and names nothing of the inside', () => {
  for (const { en, zh } of Object.values(ERRORS)) {
    expect(zh).toMatch(/。$/);
    expect(en).toMatch(/\.$/);
    expect(zh + en).not.toMatch(/sql|postgres|sqlite|token|errcode|stack|null|undefined/i);
  }
});
