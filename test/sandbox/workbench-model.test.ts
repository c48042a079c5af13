import { daysUntil, formatClock, formatDay, windowStart } from '../../sandbox/workbench/page/calendar';
import { nameOfCorp } from '../../sandbox/workbench/page/corp-name';
import { countLedger, jumpsFor, lifeOf, standingOf } from '../../sandbox/workbench/page/model';
import { cleanPath } from '../../sandbox/workbench/page/phone-actions';
import type { Code, Corp, Member } from '../../sandbox/workbench/page/state';
import { indentXml } from '../../sandbox/workbench/page/views/callbacks';
import { speaker } from '../../sandbox/workbench/page/words';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-21T10:24:00+08:00');

function buildMember(userId: string, seatEndsAt: number[] = []): Member {
  const seats = seatEndsAt.map((expiresAt) => ({ type: 1, code: `LA${expiresAt}`, activeAt: NOW - DAY, expiresAt }));
  return { userId, name: userId, admin: false, inRange: true, left: false, seats };
}

function buildCode(change: Partial<Code>): Code {
  return { code: 'LA', type: 1, status: 1, userId: null, activateBefore: NOW + DAY, expiresAt: null, ...change };
}

function buildCorp(change: Partial<Corp> = {}): Corp {
  return {
    corpId: 'wpSandboxA',
    name: 'A',
    sample: null,
    kind: 'third_party',
    suiteId: 's',
    installed: true,
    removedAt: null,
    licence: { status: 1, trial: null, checkAt: null },
    autoActivation: false,
    everPaid: false,
    members: [buildMember('one')],
    orders: [],
    codes: [],
    ...change,
  };
}

const trialTo = (end: number): Corp['licence'] => ({ status: 1, trial: { start: end - 90 * DAY, end }, checkAt: null });

describe('calendar', () => {
  test('days left are midnights in Shanghai, whatever the machine thinks', () => {
    expect(daysUntil(NOW, Date.parse('2026-11-21T23:59:59+08:00'))).toBe(0);
    expect(daysUntil(NOW, Date.parse('2026-11-22T00:00:00+08:00'))).toBe(1);
    expect(daysUntil(NOW, NOW - DAY)).toBe(-1);
  });

  test('the seven-day window opens at the first second with seven days left', () => {
    const end = Date.parse('2026-11-26T18:20:00+08:00');
    const start = windowStart(end, 7);
    expect(daysUntil(start, end)).toBe(7);
    expect(daysUntil(start - 1, end)).toBe(8);
  });

  test('a day names its year only when it is another one', () => {
    expect(formatDay(Date.parse('2026-11-26T18:20:00+08:00'), NOW, 'zh')).toBe('11月26日');
    expect(formatDay(Date.parse('2027-03-02T18:20:00+08:00'), NOW, 'zh')).toBe('2027年3月2日');
    expect(formatDay(Date.parse('2027-03-02T18:20:00+08:00'), NOW, 'en')).toBe('2 Mar 2027');
    expect(formatClock(NOW, 'zh')).toEqual({ day: '2026年11月21日 周六', time: '10:24:00' });
  });
});

describe('ledger', () => {
  test('a code past its deadline was bought but is not free; a merged one no longer counts', () => {
    const codes = [
      buildCode({ status: 1 }),
      buildCode({ status: 1, activateBefore: NOW }),
      buildCode({ status: 2, userId: 'one', expiresAt: NOW + 1 }),
      buildCode({ status: 2, userId: 'two', expiresAt: NOW }),
      buildCode({ status: 5 }),
    ];
    expect(countLedger(buildCorp({ codes }), NOW)).toEqual({ bought: 4, used: 1, free: 1, lapsed: 1, members: 1 });
  });

  test('who left or is out of range is no member that counts', () => {
    const members = [
      buildMember('in'),
      { ...buildMember('out'), inRange: false },
      { ...buildMember('gone'), left: true },
    ];
    expect(countLedger(buildCorp({ members }), NOW).members).toBe(1);
  });
});

describe('standing', () => {
  const end = NOW + 5 * DAY;
  test.each<[string, Partial<Corp>, unknown]>([
    ['removed', { installed: false, removedAt: NOW - 1 }, { kind: 'removed' }],
    ['never installed', { installed: false }, { kind: 'notInstalled' }],
    ['not enforced', { licence: { status: 0, trial: null, checkAt: null } }, { kind: 'unchecked' }],
    ['trial running', { licence: trialTo(end) }, { kind: 'trial', daysLeft: 5, endMs: end }],
    ['trial over at its second', { licence: trialTo(NOW) }, { kind: 'trialOver' }],
    ['no trial', {}, { kind: 'noTrial' }],
    ['seats', { codes: [buildCode({})] }, { kind: 'seats', free: 1, bought: 1 }],
    ['a seat about to end', { members: [buildMember('a', [NOW + 3 * DAY])] }, { kind: 'seatEnding', daysLeft: 3 }],
  ])('%s', (_name, corp, expected) => {
    expect(standingOf(buildCorp(corp), NOW)).toEqual(expected);
  });
});

describe('jumps', () => {
  const toOf = (corp: Corp | null, member: Member | null = null) =>
    Object.fromEntries(jumpsFor(corp, member, NOW).map(({ id, toMs }) => [id, toMs]));

  test('they lead to the trial window and just past its end while those are ahead', () => {
    const end = NOW + 20 * DAY;
    expect(toOf(buildCorp({ licence: trialTo(end) }))).toMatchObject({
      window: windowStart(end, 7),
      trialEnd: end + 1000,
      seatEnd: null,
    });
    expect(toOf(buildCorp({ licence: trialTo(NOW + DAY) })).window).toBeNull();
    expect(toOf(buildCorp({ licence: trialTo(NOW) })).trialEnd).toBeNull();
  });

  test("the chosen person's own seat comes before the corp's next one", () => {
    const one = buildMember('one', [NOW + 100 * DAY]);
    const two = buildMember('two', [NOW + 50 * DAY]);
    const corp = buildCorp({ members: [one, two] });
    expect(toOf(corp, one).seatEnd).toBe(NOW + 100 * DAY + 1000);
    expect(toOf(corp, null).seatEnd).toBe(NOW + 50 * DAY + 1000);
  });

  test('with no corp only the plain steps are left', () => {
    expect(toOf(null)).toEqual({
      hour: NOW + DAY / 24,
      day: NOW + DAY,
      window: null,
      trialEnd: null,
      seatEnd: null,
      year: NOW + 365 * DAY,
    });
  });
});

describe('life line', () => {
  test('it spans everything known and the present, with equal marks of one day merged', () => {
    const ends = NOW + 200 * DAY;
    const corp = buildCorp({
      licence: trialTo(NOW - 10 * DAY),
      members: [buildMember('a', [ends]), buildMember('b', [ends + 1000])],
    });
    const life = lifeOf(corp, NOW);
    expect(life.marks.map(({ kind, count }) => [kind, count])).toEqual([
      ['install', 1],
      ['window', 1],
      ['trialEnd', 1],
      ['seatEnd', 2],
    ]);
    expect(life.startMs).toBeLessThan(NOW - 100 * DAY);
    expect(life.endMs).toBeGreaterThan(ends);
  });

  test('a corp without a history still has room around now', () => {
    const life = lifeOf(buildCorp(), NOW);
    expect(life.startMs).toBeLessThan(NOW);
    expect(life.endMs).toBeGreaterThan(NOW + 29 * DAY);
  });
});

test('a link is passed on without the marks of how it was reached', () => {
  expect(cleanPath('/record?id=7&from=qr&mid=3')).toBe('/record?id=7');
  expect(cleanPath('/records')).toBe('/records');
});

test("a sample's story is told in the language of the page, another corp's as it was named", () => {
  const sample = buildCorp({ name: '云杉制造（试用第 12 天）', sample: 'trial_day_12' });
  expect(nameOfCorp(sample, speaker('en'))).toEqual({ corp: '云杉制造', story: 'Day 12 of the trial' });
  expect(nameOfCorp(buildCorp({ name: '云杉（二厂）' }), speaker('en'))).toEqual({ corp: '云杉', story: '二厂' });
  expect(nameOfCorp(buildCorp({ name: '云杉' }), speaker('zh'))).toEqual({ corp: '云杉', story: '' });
});

test('XML is shown with one element a line, nested ones moved in', () => {
  expect(indentXml('<xml><A><![CDATA[1]]></A><List><B/><C>2</C></List></xml>')).toBe(
    '<xml>\n  <A><![CDATA[1]]></A>\n  <List>\n    <B/>\n    <C>2</C>\n  </List>\n</xml>',
  );
});

test('words are filled in, in both languages', () => {
  expect(speaker('zh')('standTrial', { n: 5 })).toBe('试用余 5 天');
  expect(speaker('en')('standTrial', { n: 5 })).toBe('trial, 5 d left');
});
