import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WecomError } from '../../../server/errors';
import { ERRCODES, explainErrcode } from '../../../server/wecom/errcodes';
import { GENERAL_GROUPS } from '../../../server/wecom/errcodes-general';
import { LICENCE_GROUPS } from '../../../server/wecom/errcodes-licence';
import { GENERAL_ERRCODES, LICENCE_ERRCODES } from '../../wire/description/errcodes';

const page = readFileSync(path.join(__dirname, '../../../docs/wecom-errcodes.md'), 'utf8');
const RETRY: Readonly<Record<string, string>> = {
  否: 'never',
  稍后: 'later',
  换新凭证: 'new_token',
  '立刻，最多三次': 'busy',
  限制解除后: 'window',
};

function readRows(): [number, object][] {
  const rows = page.split('\n').filter((line) => /^\| +-?\d+ +\|/.test(line) || /^\| -?\d+ +\|/.test(line));
  return rows.map((row) => {
    const [, errcode, code = '', retry = '', zh, en] = row.split('|').map((cell) => cell.trim());
    return [Number(errcode), { code: code.replaceAll('`', ''), retry: RETRY[retry], zh, en }];
  });
}

test('docs/wecom-errcodes.md says of every errcode exactly what the table says', () => {
  expect(readRows()).toEqual([...ERRCODES].sort(([one], [other]) => one - other));
});

test('every errcode of the reference has a meaning, and none has two', () => {
  const reference = [...GENERAL_ERRCODES, ...LICENCE_ERRCODES].map(([errcode]) => errcode);
  expect(reference.filter((errcode) => !ERRCODES.has(errcode))).toEqual([]);
  const rows = [...GENERAL_GROUPS, ...LICENCE_GROUPS].flatMap((group) => group.rows.map(([errcode]) => errcode));
  expect(rows).toHaveLength(ERRCODES.size);
});

test('every meaning is a whole sentence in both languages, without the other’s full stop', () => {
  for (const { en, zh } of ERRCODES.values()) {
    expect(zh).toMatch(/^[^.]+。.+。$/);
    expect(en).toMatch(/^[A-Z][^。]+\. .+\.$/);
  }
});

test('an administrator reads which licence rule it was, in both languages', () => {
  const { status, words } = new WecomError(701_032, '');
  expect(status).toBe(409);
  expect(words).toEqual({ zh: expect.stringContaining('还没有付款'), en: expect.stringContaining('unpaid') });
});

test('what is nobody’s business outside keeps the sentence of its family', () => {
  const { words } = new WecomError(40_001, '');
  expect(words.en).not.toMatch(/secret/i);
  expect(words.zh).toContain('配置有误');
});

test('an errcode nobody knows is wecom.refused and keeps its hint', () => {
  expect(explainErrcode(987_654)).toEqual({ code: 'wecom.refused', retry: 'later' });
  expect(new WecomError(987_654, '1700_1')).toMatchObject({ code: 'wecom.refused', hint: '1700_1', retry: 'later' });
});
