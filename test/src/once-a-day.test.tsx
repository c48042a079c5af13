import { fireEvent, screen } from '@testing-library/react';
import { buildState, buildVerdict } from './build-state';
import { standGate } from './stand-gate';

const ending = (checkedAt = '2026-11-21T10:24:00+08:00', key = 'one') =>
  buildState(buildVerdict('trial_ending', { checkedAt }), {
    person: { corpId: 'wpCorp', isAdmin: false, isOutsider: false, key },
  });
const sheetOpens = (state: ReturnType<typeof ending>): boolean => {
  const { unmount } = standGate(state);
  const open = screen.queryByRole('dialog') !== null;
  unmount();
  return open;
};

beforeEach(() => localStorage.clear());

describe('the seven-day sheet', () => {
  test('comes once a day for each person, by the server’s day', () => {
    expect(sheetOpens(ending())).toBe(true);
    expect(sheetOpens(ending('2026-11-21T23:59:59+08:00'))).toBe(false);
    expect(sheetOpens(ending('2026-11-21T23:59:59+08:00', 'two'))).toBe(true);
    expect(sheetOpens(ending('2026-11-22T00:00:00+08:00'))).toBe(true);
  });

  test('is a modal dialog: it takes focus, keeps it, and Esc gives it back', () => {
    const before = document.createElement('button');
    document.body.append(before);
    before.focus();
    standGate(ending());
    const sheet = screen.getByRole('dialog');
    expect(sheet.getAttribute('aria-modal')).toBe('true');
    expect(document.activeElement).toBe(sheet);
    fireEvent.keyDown(document, { key: 'Tab', shiftKey: true });
    expect(document.activeElement?.id).toBe('gate-sheet-close');
    fireEvent.keyDown(document, { key: 'Tab' });
    expect(document.activeElement?.id).toBe('gate-sheet-request_trial_end');
    fireEvent.keyDown(document, { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(before);
    before.remove();
  });

  test('says how many days are left, and keeps ids unique beside the banner', () => {
    const { container } = standGate(ending());
    expect(screen.getByRole('dialog').textContent).toContain('还剩 5 天');
    const ids = [...container.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('does not come with a trial that has weeks to go', () => {
    expect(sheetOpens(buildState(buildVerdict('trial')))).toBe(false);
  });
});

describe('the banner', () => {
  test('closed, it goes for the day and the server is told so', () => {
    const { container } = standGate(buildState(buildVerdict('trial')));
    fireEvent.click(screen.getByRole('button', { name: '今天不再提示' }));
    expect(container.querySelector('#gate-banner')).toBeNull();
    expect(document.cookie).toContain('gate_quiet=trial.2026-11-21');
  });

  test('has no close in the last days, and one that may not close stays whatever was wished', () => {
    const state = buildState(buildVerdict('trial_ending', { bannerCloses: false }), { bannerClosed: true });
    const { container } = standGate(state);
    expect(container.querySelector('#gate-banner')).not.toBeNull();
    expect(container.querySelector('.gate-close')).toBeNull();
  });
});
