import type { Facts } from '../../../domain/facts';
import { decideVerdict } from '../../../domain/verdict';
import { presentVerdict } from '../../../server/http/present/verdict';
import { presentTime } from '../../../server/http/present/time';
import {
  buildFacts,
  buildFreePool,
  buildPool,
  buildSeat,
  DAY,
  HOUR,
  NOW,
  SECOND,
  shanghai,
} from '../../domain/build-facts';
import { FACTS_OF } from './reason-facts';

const config = { utcOffsetMinutes: 480, purchaseUrl: null as string | null };

function present(facts: Facts, over: { lang?: 'zh-CN' | 'en'; nowMs?: number; purchaseUrl?: string } = {}) {
  const nowMs = over.nowMs ?? NOW;
  const options = {
    lang: over.lang ?? 'zh-CN',
    config: { ...config, purchaseUrl: over.purchaseUrl ?? null },
    corpId: 'wpCorp',
    nowMs,
  } as const;
  return presentVerdict(facts, decideVerdict(facts, nowMs), options);
}

describe('sentences whose facts are missing or different', () => {
  test('a corp that never had a trial is not told of one', () => {
    const none = buildFacts({ trialEndsAtMs: null });
    expect(present(none)).toMatchObject({ reason: 'trial_over', sentence: '企业还没有购买使用名额' });
    const checked = buildFacts({ trialEndsAtMs: null, checkFromMs: shanghai('2026-11-01 00:00:00') });
    expect(present(checked).sentence).toBe('企业微信已从 11月1日 起核对使用名额，企业还没有购买');
  });

  test('a corp that gave its seats back is not told it never bought any', () => {
    const facts = buildFacts({ everPaid: { value: true, source: 'api', atMs: NOW } });
    expect(present(facts).sentence).toBe('试用已于 11月11日 结束，企业目前没有使用名额');
  });

  test('an end today is told by the hour', () => {
    const facts = buildFacts({ trialEndsAtMs: shanghai('2026-11-21 18:20:00') });
    expect(present(facts).sentence).toBe('试用将于今天 18:20 结束，之后没有使用名额的成员将无法打开应用');
    const seat = buildFacts({ seat: [buildSeat({ expiresAtMs: shanghai('2026-11-21 18:20:00') })] });
    expect(present(seat, { lang: 'en' }).sentence).toBe('Your seat expires today at 18:20');
  });

  test('a date of another year carries its year', () => {
    expect(present(FACTS_OF.seat_valid).sentence).toBe('你的使用名额至 2027年3月2日');
    expect(present(FACTS_OF.seat_valid, { lang: 'en' }).sentence).toBe('Your seat runs until 2 Mar 2027');
  });

  test('the way in that did not activate is named as what it was', () => {
    const from = (entry: Facts['entry']) => present({ ...FACTS_OF.open_from_workbench, entry }).sentence;
    expect(from('qr')).toContain('扫码打开');
    expect(from('share')).toContain('从转发的链接打开');
    expect(from('unknown')).toContain('从链接打开');
  });

  test('a member without any seat is not told to hold a base account', () => {
    const facts = buildFacts({ capability: 'external_contact', base: buildPool({ total: 5 }) });
    expect(present(facts)).toMatchObject({
      reason: 'external_contact_needed',
      sentence: '客户联系相关功能需要互通账号，企业还没有购买互通账号',
    });
    expect(present(FACTS_OF.external_contact_needed).sentence).toContain('你目前只有基础账号');
  });

  test('a failure without words is told by its code, one without a reason without brackets', () => {
    const failed = (message: string | null) =>
      buildFacts({
        base: buildFreePool(),
        activation: { state: 'failed', startedAtMs: NOW - SECOND, message },
      });
    expect(present(failed('701234')).sentence).toBe('企业微信暂时没有完成激活（企业微信返回 701234）');
    expect(present(failed('too_long')).sentence).toBe('企业微信暂时没有完成激活（叠加后有效期会超过 5 年）');
    expect(present(failed(null)).sentence).toBe('企业微信暂时没有完成激活');
  });

  test('a stale result without a time is told without one', () => {
    const facts = { ...FACTS_OF.stale_facts, confirmedAtMs: null, lastAllowed: null, seats: FACTS_OF.seat_valid.seats };
    expect(present(facts).sentence).toBe('正在使用之前的结果，应用可继续使用');
  });
});

describe('why', () => {
  test('a trial that is over is explained by its dates, what was bought and when that was checked', () => {
    expect(present(FACTS_OF.trial_over).why).toEqual([
      { label: '首次安装', value: '8月22日' },
      { label: '90 天试用结束', value: '11月20日 18:20' },
      { label: '已购买名额', value: '0 个' },
      { label: '核对时间', value: '刚刚 · 来自企业微信' },
      { label: '使用名额', value: '即企业微信接口许可，每位成员一个' },
    ]);
  });

  test('what WeCom told by itself, and how long ago, is said', () => {
    const facts = {
      ...FACTS_OF.out_of_range,
      inRange: { value: false, source: 'callback', atMs: NOW - 5 * 60_000 } as const,
    };
    expect(present(facts).why).toContainEqual({ label: '核对时间', value: '5 分钟前 · 企业微信通知' });
    expect(present(FACTS_OF.facts_unavailable).why).toContainEqual({ label: '核对时间', value: '尚未核对' });
  });

  test('the rules tried are for administrators only', () => {
    expect(present(FACTS_OF.trial_over).trace).toBeUndefined();
    const trace = present({ ...FACTS_OF.trial_over, administers: true }).trace;
    expect(trace?.at(-1)).toMatchObject({ rule: 'trial-over', matched: true });
  });
});

describe('the rest of a verdict', () => {
  test('times are ISO 8601 with the business zone, also west of Greenwich', () => {
    expect(present(FACTS_OF.trial_over).until).toBe('2026-11-20T18:20:00+08:00');
    expect(presentTime(Date.parse('2026-01-01T00:00:00Z'), { utcOffsetMinutes: -210 })).toBe(
      '2025-12-31T20:30:00-03:30',
    );
  });

  test('a waiting page is told to ask again soon, then less often; a page at rest is not', () => {
    const waiting = (ageMs: number) =>
      present(
        buildFacts({
          base: buildFreePool(),
          activation: { state: 'running', startedAtMs: NOW - ageMs, message: null },
        }),
      );
    expect(waiting(0).retryAfterMs).toBe(500);
    expect(waiting(10 * SECOND).retryAfterMs).toBe(2000);
    expect(present(FACTS_OF.seat_valid).retryAfterMs).toBeUndefined();
    expect(present(FACTS_OF.no_free_seat)).not.toHaveProperty('retryAfterMs');
  });

  test('buying leads to the provider’s own page when there is one', () => {
    const admin = { ...FACTS_OF.trial_over, administers: true };
    expect(present(admin).actions[0]).toMatchObject({ kind: 'link', href: '/admin#buy' });
    expect(present(admin, { purchaseUrl: 'https://buy.example/seats' }).actions[0]?.href).toBe(
      'https://buy.example/seats',
    );
  });

  test('the age of the facts counts from the oldest one needed', () => {
    const facts = { ...FACTS_OF.seat_valid, confirmedAtMs: NOW - HOUR };
    expect(present(facts)).toMatchObject({
      factsAgeMs: HOUR,
      checkedAt: '2026-11-21T09:00:00+08:00',
      corpId: 'wpCorp',
    });
  });

  test('what is known to come is told', () => {
    const facts = buildFacts({ trialEndsAtMs: NOW + 3 * DAY });
    expect(present(facts).next).toEqual({ at: presentTime(NOW + 3 * DAY, config), reason: 'trial_over' });
  });
});
