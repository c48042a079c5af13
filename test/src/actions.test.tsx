import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { ApiFault } from '../../src/api/api-fault';
import { buildState, buildVerdict } from './build-state';
import { buildPort, standGate } from './stand-gate';

const press = (id: string): boolean => fireEvent.submit(document.querySelector(`#${id}`)?.closest('form') ?? document);

describe('actions', () => {
  test('each one is a real form that returns to the page, so it works without scripts', () => {
    standGate(buildState(buildVerdict('trial_over'), { returnTo: '/records' }));
    const form = document.querySelector('#gate-action-request_purchase')?.closest('form');
    expect(form?.getAttribute('action')).toBe('/gate/actions/request_purchase');
    expect(form?.method).toBe('post');
    expect(form?.querySelector<HTMLInputElement>('[name=return_to]')?.value).toBe('/records');
  });

  test('asking the administrators says who was asked and when, and cannot be repeated', async () => {
    const port = buildPort();
    standGate(buildState(buildVerdict('trial_over')), port);
    press('gate-action-request_purchase');
    expect((await screen.findByText('已于 11-21 10:24 提醒 2 位管理员')).textContent).toBeTruthy();
    expect(port.calls).toEqual(['request trial_over']);
    expect(document.querySelector('#gate-action-request_purchase')).toBeNull();
    expect(document.querySelector('#gate-action-recheck')).not.toBeNull();
  });

  test('an administrator’s own activation opens the page, and says why it did not', async () => {
    const byAdmin = buildVerdict('activation_off', {
      audience: 'admin',
      actions: [{ id: 'activate_now', label: '立即激活', kind: 'post', href: null }],
    });
    const failed = buildPort({ activateOwn: () => Promise.resolve({ state: 'failed', message: '没有可用的名额' }) });
    const { unmount } = standGate(buildState(byAdmin), failed);
    press('gate-action-activate_now');
    expect(await screen.findByText('没有可用的名额')).toBeTruthy();
    expect(failed.calls).toEqual([]);
    unmount();
    const port = buildPort();
    const { container } = standGate(buildState(byAdmin), port);
    press('gate-action-activate_now');
    await waitFor(() => expect(container.textContent).toContain('门后的内容'));
    expect(port.calls).toEqual(['activate own', 'ask base']);
  });

  test('checking again opens the page when the verdict has become good', async () => {
    const port = buildPort();
    const { container } = standGate(buildState(buildVerdict('seat_expired')), port);
    press('gate-action-recheck');
    await waitFor(() => expect(container.textContent).toContain('门后的内容'));
    expect(port.calls).toEqual(['refresh base']);
  });

  test('a refused check is told beside the button and the screen stays', async () => {
    const limited = new ApiFault('request.rate_limited', 429, '请 30 秒后再试', 30_000);
    const port = buildPort({ refreshVerdict: () => Promise.reject(limited) });
    const { container } = standGate(buildState(buildVerdict('facts_unavailable')), port);
    press('gate-action-recheck');
    expect((await screen.findByText('请 30 秒后再试')).id).toBe('gate-problem');
    expect(container.querySelector('#gate-block')).not.toBeNull();
  });

  test('a lost session leads to login and back to this page', async () => {
    const port = buildPort({ refreshVerdict: () => Promise.reject(new ApiFault('auth.required', 401, '')) });
    standGate(buildState(buildVerdict('facts_unavailable')), port);
    press('gate-action-recheck');
    await waitFor(() => expect(port.calls).toEqual(['login /records']));
  });

  test('what scripts do not know is left to its form', () => {
    const verdict = buildVerdict('activation_off', {
      actions: [{ id: 'see_status', label: '查看状态', kind: 'post', href: null }],
    });
    const port = buildPort();
    standGate(buildState(verdict), port);
    const sent = jest.fn((event: Event) => event.preventDefault());
    document.addEventListener('submit', sent, { once: true });
    press('gate-action-see_status');
    expect(sent).toHaveBeenCalledTimes(1);
    expect(port.calls).toEqual([]);
  });

  test('the way to the workbench is drawn, and told at length on demand', () => {
    const { container } = standGate(buildState(buildVerdict('open_from_workbench')));
    expect(container.querySelectorAll('.gate-step')).toHaveLength(3);
    expect(container.querySelector('#gate-action-show_steps')?.tagName).toBe('SUMMARY');
    expect(container.querySelectorAll('.gate-howto .gate-list-item')).toHaveLength(3);
  });
});

describe('waiting', () => {
  test('goes on by itself, through silence, until activation is done', async () => {
    const answers = [
      () => Promise.reject(new ApiFault('network', 0, '')),
      () => Promise.resolve(buildVerdict('activating', { retryAfterMs: 1 })),
      () => Promise.resolve(buildVerdict('seat_valid')),
    ];
    const askVerdict = jest.fn(() => (answers.shift() ?? answers[0]!)());
    const { container } = standGate(
      buildState(buildVerdict('activating', { retryAfterMs: 1 })),
      buildPort({ askVerdict }),
    );
    await waitFor(() => expect(container.textContent).toContain('门后的内容'));
    expect(askVerdict).toHaveBeenCalledTimes(3);
  });

  test('stops asking when the page is left', async () => {
    const askVerdict = jest.fn(() => Promise.resolve(buildVerdict('activating', { retryAfterMs: 1 })));
    const { unmount } = standGate(
      buildState(buildVerdict('activating', { retryAfterMs: 1 })),
      buildPort({ askVerdict }),
    );
    await waitFor(() => expect(askVerdict).toHaveBeenCalled());
    unmount();
    const asked = askVerdict.mock.calls.length;
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(askVerdict.mock.calls.length).toBeLessThanOrEqual(asked + 1);
  });
});
