import { screen } from '@testing-library/react';
import { REASONS, type Reason } from '../../domain/reasons';
import { screenOf } from '../../src/gate/screen-of';
import { buildState, buildVerdict } from './build-state';
import { buildPort, standGate } from './stand-gate';

const BLOCKS = REASONS.filter((reason) => buildVerdict(reason).outcome === 'block');
const LETS_IN = REASONS.filter((reason) => ['allow', 'warn'].includes(buildVerdict(reason).outcome));

describe('every reason has its screen', () => {
  test.each(BLOCKS)('%s stops the visit with its words, and nothing of the page is drawn', (reason: Reason) => {
    const { container } = standGate(buildState(buildVerdict(reason)));
    const block = container.querySelector('#gate-block');
    expect(block?.getAttribute('role')).toBe('alert');
    expect(block?.querySelector('#gate-title')?.textContent).toBe(`标题 ${reason}`);
    expect(block?.querySelector('#gate-sentence')?.textContent).toContain('11月20日');
    expect(block?.querySelector('#gate-code')?.textContent).toContain(`${reason} · 11-21 10:24`);
    expect(block?.querySelector('#gate-why')?.textContent).toContain('11月20日 18:20');
    expect(block?.querySelector('svg.gate-drawing-96')).not.toBeNull();
    expect(container.textContent).not.toContain('门后的内容');
  });

  test.each(LETS_IN)('%s lets the page be drawn', (reason: Reason) => {
    const { container } = standGate(buildState(buildVerdict(reason)));
    expect(container.textContent).toContain('门后的内容');
    expect(container.querySelector('#gate-block')).toBeNull();
  });

  test('a wait says what opens afterwards', () => {
    standGate(
      buildState(buildVerdict('activating'), { targetTitle: '2 号电梯' }),
      buildPort({ askVerdict: () => new Promise(() => undefined) }),
    );
    expect(screen.getByRole('status').textContent).toContain('完成后会自动打开「2 号电梯」');
  });

  test('only warnings and a noticed trial carry a banner', () => {
    const withBanner = LETS_IN.filter((reason) => {
      const { container, unmount } = standGate(buildState(buildVerdict(reason)));
      const has = container.querySelector('#gate-banner') !== null;
      unmount();
      return has;
    });
    expect(withBanner.sort()).toEqual(['seat_expiring', 'stale_facts', 'trial', 'trial_ending']);
  });
});

describe('screens that are no verdict', () => {
  test('nobody is logged in: only the ways in that exist are offered', () => {
    const state = buildState(null, { screen: 'open_in_wecom', client: 'browser', person: null });
    const ways = { scanHref: '/login/web', visitHref: null, workbenchOnly: false };
    const { container, unmount } = standGate({ ...state, waysIn: ways });
    expect(container.querySelector('#gate-action-scan')?.getAttribute('href')).toBe('/login/web');
    expect(container.querySelector('#gate-action-visit')).toBeNull();
    unmount();
    const other = standGate({ ...state, client: 'wechat', waysIn: { ...ways, scanHref: null, visitHref: '/login' } });
    expect(other.container.querySelector('#gate-action-scan')).toBeNull();
    expect(other.container.querySelector('#gate-action-visit')?.getAttribute('href')).toBe('/login');
  });

  test('a failed login shows its code and a way to try again', () => {
    const failure = { code: 'login.cookies', title: '没有保存', sentence: '请重试', retryHref: '/login?x=1' };
    const { container } = standGate(buildState(null, { screen: 'login_failed', failure }));
    expect(container.querySelector('#gate-failed')?.textContent).toContain('login.cookies');
    expect(container.querySelector('#gate-action-retry_login')?.getAttribute('href')).toBe('/login?x=1');
  });

  test('another corp’s record is a clear refusal without content', () => {
    const { container } = standGate(buildState(null, { screen: 'not_found' }));
    expect(container.querySelector('#gate-not-found')?.getAttribute('role')).toBe('alert');
    expect(container.textContent).not.toContain('门后的内容');
  });

  test('a page that came without its state is still entering, not refused', () => {
    expect(screenOf({ screen: 'verdict', verdict: null, failure: null })).toBe('entering');
    expect(screenOf({ screen: 'open_in_wecom', verdict: null, failure: null })).toBe('open_in_wecom');
  });
});
