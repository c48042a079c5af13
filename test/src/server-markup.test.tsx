import { TextEncoder } from 'node:util';
import { REASONS } from '../../domain/reasons';
import { RecordsSkeleton } from '../../src/features/records/records-skeleton';
import type { GateState } from '../../src/gate/gate-state';
import { buildState, buildVerdict } from './build-state';
import { buildPort, standGate } from './stand-gate';

Object.assign(globalThis, { TextEncoder });

async function renderGate(state: GateState): Promise<string> {
  return (await import('../../src/gate/render-gate')).renderGate(state);
}

/** Nobody answers, so that what is drawn first stays. */
const silent = buildPort({ askVerdict: () => new Promise(() => undefined) });
const withoutSheet = (reason: (typeof REASONS)[number]): GateState =>
  buildState(buildVerdict(reason, { sheet: false }), { returnTo: '/records' });

describe('the server’s markup', () => {
  test.each(REASONS)('%s: what the app draws first is the same, so taking over moves nothing', async (reason) => {
    const html = await renderGate(withoutSheet(reason));
    const { container } = standGate(withoutSheet(reason), silent, <RecordsSkeleton appName="点检记录" />);
    const parsed = document.createElement('div');
    parsed.innerHTML = html.replace(/<noscript>.*<\/noscript>/, '');
    expect(container.innerHTML).toBe(parsed.innerHTML);
  });

  test('says in words, forms and links all that a stopped member needs', async () => {
    const html = await renderGate(buildState(buildVerdict('trial_over')));
    for (const piece of [
      '标题 trial_over',
      '原因 trial_over，11月20日',
      'method="post"',
      'gate-action-request_purchase',
    ]) {
      expect(html).toContain(piece);
    }
    expect(html).not.toMatch(/<script|style=|\son\w+=/);
  });

  test('a page behind the gate is hinted at only, and says that it needs scripts', async () => {
    const html = await renderGate(buildState(buildVerdict('seat_valid')));
    expect(html).toContain('<noscript>');
    expect(html).toContain('bone');
  });

  test('words from outside stay words', async () => {
    const html = await renderGate(buildState(buildVerdict('activation_failed', { sentence: '<img src=x onerror=1>' })));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });

  test('the swap removes the markup, and keeps what the person unfolded and where the focus was', async () => {
    const state = buildState(buildVerdict('trial_over'));
    const app = document.createElement('div');
    app.id = 'app';
    document.body.innerHTML = `<div id="gate">${await renderGate(state)}</div>`;
    document.body.append(app);
    document.querySelector<HTMLDetailsElement>('#gate-why')!.open = true;
    document.querySelector<HTMLElement>('#gate-action-request_purchase')?.focus();
    standGate(state, buildPort(), null, app);
    expect(document.querySelector('#gate')).toBeNull();
    expect(app.querySelector<HTMLDetailsElement>('#gate-why')?.open).toBe(true);
    expect(app.contains(document.activeElement)).toBe(true);
    expect(document.activeElement?.id).toBe('gate-action-request_purchase');
  });
});
