import type { AdminLicences } from '../../server/http/contract/admin';
import { ageText, dateText, daysUntil, nextMonths } from '../../src/features/licences/licence-dates';
import { licenceWordsOf } from '../../src/features/licences/licence-words';
import { findTodos } from '../../src/features/licences/todos';
import { recordTime } from '../../src/features/records/record-time';
import { wordsOf } from '../../src/i18n/words-of';

const NOW = '2026-11-21T10:24:00+08:00';
const words = licenceWordsOf('zh-CN');

function buildLicences(over: Partial<AdminLicences> = {}): AdminLicences {
  return {
    bought: 10,
    inUse: 10,
    free: 0,
    waiting: 0,
    generating: false,
    checking: true,
    trial: null,
    checkFrom: null,
    autoActivation: true,
    everPaid: true,
    activateBy: null,
    endsByMonth: [],
    seats: [],
    requests: [],
    orders: [],
    purchaseUrl: null,
    checkedAt: NOW,
    complete: true,
    ...over,
  };
}

const todosOf = (over: Partial<AdminLicences>) =>
  findTodos({ data: buildLicences(over), nowIso: NOW, lang: 'zh-CN', words });

describe('what needs doing', () => {
  test('nothing, when nothing does', () => {
    expect(todosOf({})).toEqual([]);
  });

  test('most urgent first, undated last', () => {
    const todos = todosOf({
      free: 3,
      activateBy: '2027-01-01T00:00:00+08:00',
      autoActivation: false,
      requests: [{ id: 'r', userId: 'u', tag: 'A1', reason: 'seat_moved', askedAt: NOW }],
      seats: [
        {
          userId: 'u',
          tag: 'A1',
          type: 'base',
          expiresAt: '2026-11-26T10:00:00+08:00',
          daysLeft: 5,
          state: 'expiring',
        },
      ],
    });
    expect(todos.map(({ id, inDays }) => [id, inDays])).toEqual([
      ['requests', 0],
      ['expiring', 5],
      ['free', 41],
      ['auto', null],
    ]);
  });

  test('requests lead to assigning while accounts are free, and to buying when none is', () => {
    const requests = [{ id: 'r', userId: 'u', tag: 'A1', reason: 'seat_moved' as const, askedAt: NOW }];
    expect(todosOf({ requests, free: 1 })[0]?.action?.href).toBe('#requests');
    expect(todosOf({ requests, free: 0 })[0]?.action?.href).toBe('#buy');
  });
});

describe('dates', () => {
  test('name the year only when it is another one', () => {
    expect(dateText('2026-11-26T18:00:00+08:00', NOW, 'zh-CN')).toBe('11月26日');
    expect(dateText('2027-03-02T18:00:00+08:00', NOW, 'zh-CN')).toBe('2027年3月2日');
    expect(dateText('2026-11-26T18:00:00+08:00', NOW, 'en')).toBe('26 Nov');
  });

  test('count local midnights', () => {
    expect(daysUntil('2026-11-21T23:59:59+08:00', NOW)).toBe(0);
    expect(daysUntil('2026-11-22T00:00:00+08:00', NOW)).toBe(1);
  });

  test('tell an age in its largest whole unit', () => {
    expect(ageText('2026-11-21T10:23:30+08:00', NOW, words)).toBe('刚刚');
    expect(ageText('2026-11-21T10:22:00+08:00', NOW, words)).toBe('2 分钟前');
    expect(ageText('2026-11-21T08:00:00+08:00', NOW, words)).toBe('2 小时前');
    expect(ageText('2026-11-18T08:00:00+08:00', NOW, words)).toBe('3 天前');
  });

  test('the bars cover from this month to where a year bought today ends, empty months too', () => {
    const months = nextMonths([{ month: '2027-03', seats: 31 }], NOW);
    expect(months).toHaveLength(14);
    expect([months[0], months[4], months[13]]).toEqual([
      { month: '2026-11', seats: 0 },
      { month: '2027-03', seats: 31 },
      { month: '2027-12', seats: 0 },
    ]);
  });

  test('a record says today and yesterday by the server’s day', () => {
    const { records } = wordsOf('zh-CN');
    expect(recordTime('2026-11-21T09:12:00+08:00', NOW, records)).toBe('今天 09:12');
    expect(recordTime('2026-11-20T17:40:00+08:00', NOW, records)).toBe('昨天 17:40');
    expect(recordTime('2026-11-18T08:00:00+08:00', NOW, records)).toBe('11-18 08:00');
    expect(recordTime('2025-12-01T08:00:00+08:00', NOW, records)).toBe('2025-12-01');
  });
});
