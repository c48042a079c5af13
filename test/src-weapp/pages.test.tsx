import { act, fireEvent, render, screen } from '@testing-library/react';
import * as taro from '@tarojs/taro';
import type * as Taro from './taro';
import { zhCN } from '../../domain/words/zh-CN';
import { MemberName } from '../../src/platform/member-name';
import { openPath } from '../../src/platform/navigate';
import { offerWaysIn } from '../../src/platform/login';
import { offerShare } from '../../src/platform/share';
import { requestJson } from '../../src/platform/request';
import { watchNetwork } from '../../src/platform/mini/network';
import { watchTheme } from '../../src/platform/mini/theme';
import { remOf } from '../../src/platform/mini/text-size';
import { createPageMemory } from '../../src/platform/mini/page-shown';
import { miniWordsOf } from '../../src/platform/mini/words';
import { createGateStore } from '../../src/gate/gate-store';
import { GateContext } from '../../src/gate/gate-context';
import { TOKENS } from '../../src/ui/tokens';
import { buildState, buildVerdict } from '../src/build-state';
import { buildPort, standGate } from '../src/stand-gate';

const { device } = taro as unknown as typeof Taro;
const page = (route: string, options: Record<string, string> = {}) => void (device.pages = [{ route, options }]);
const RECORD = 'pages/record/index';

beforeEach(() => {
  page('pages/records/index');
  Object.assign(device, { went: [], toasts: [], clipboard: '' });
});

describe('the gate in a mini-program', () => {
  test('every action is a tap: asking, looking again and an administrator’s own activation', async () => {
    const actions = [{ id: 'activate_now' as const, label: '立即激活', kind: 'post' as const, href: null }];
    const port = buildPort();
    const { container } = standGate(buildState(buildVerdict('activation_off', { actions })), port);
    await act(async () => void fireEvent.click(screen.getByText('立即激活')));
    expect(port.calls).toEqual(['activate own', 'ask base']);
    expect(container.textContent).toContain('门后的内容');
    expect(container.querySelector('form')).toBeNull();
  });

  test('the sheet opens also when its verdict comes after the page', async () => {
    const { store } = standGate(buildState(null));
    expect(document.querySelector('#gate-sheet')).toBeNull();
    await act(async () => store.show(buildVerdict('seat_expiring')));
    expect(document.querySelector('#gate-sheet')).not.toBeNull();
  });

  test('until a verdict is there, a skeleton stands for the page and nothing of the page itself', () => {
    const { container } = standGate(buildState(null));
    expect(container.querySelector('.skeleton')).not.toBeNull();
    expect(container.textContent).not.toContain('门后的内容');
  });

  test('a page that could not be found is that page’s matter: the one below it is as it was', () => {
    const shown = createPageMemory();
    page(RECORD, { id: 'lost' });
    const store = createGateStore(
      buildState(buildVerdict('seat_valid'), { screen: 'not_found', returnTo: '/record?id=lost' }),
    );
    page('pages/records/index');
    shown(store);
    expect(store.get().state).toMatchObject({ screen: 'verdict', returnTo: '/records' });
    page(RECORD, { id: 'lost' });
    shown(store);
    expect(store.get().state.screen).toBe('not_found');
  });
});

describe('the network', () => {
  beforeAll(() => watchNetwork(() => {}));

  test('is spoken of only while it is away or slow', async () => {
    standGate(buildState(buildVerdict('seat_valid')));
    const note = () => document.querySelector('#gate-network')?.textContent ?? null;
    expect(note()).toBeNull();
    act(() => device.tell.network({ isConnected: false }));
    expect(note()).toBe('网络已断开，恢复后会自动继续');
    act(() => device.tell.network({ isConnected: true }));
    expect(note()).toBeNull();
    act(() => device.tell.weak({ weakNet: true }));
    expect(note()).toBe('网络较慢，请稍候');
    act(() => device.tell.weak({ weakNet: false }));
    expect(note()).toBeNull();
  });

  test('an answer that is late says so until it comes', async () => {
    jest.useFakeTimers();
    standGate(buildState(buildVerdict('seat_valid')));
    let answer = (_: { statusCode: number; data: unknown }): void => {};
    device.answer = () => new Promise((resolve) => (answer = resolve));
    const asked = requestJson('GET', '/api/records');
    await act(() => jest.advanceTimersByTimeAsync(3000));
    expect(document.querySelector('#gate-network')?.textContent).toBe('网络较慢，请稍候');
    answer({ statusCode: 200, data: { items: [] } });
    await act(async () => void (await asked));
    expect(document.querySelector('#gate-network')).toBeNull();
    jest.useRealTimers();
  });

  test('silence, a refusal and its waiting time are told apart', async () => {
    device.answer = () => Promise.reject(new Error('request:fail timeout'));
    await expect(requestJson('GET', '/api/verdict')).rejects.toMatchObject({ code: 'network', status: 0 });
    const error = { code: 'request.rate_limited', message: '请稍候' };
    device.answer = () => ({ statusCode: 429, data: { error }, header: { 'Retry-After': '7' } });
    await expect(requestJson('GET', '/api/verdict')).rejects.toMatchObject({ ...error, retryAfterMs: 7000 });
    device.answer = () => ({ statusCode: 200, data: { ok: true } });
    await expect(requestJson('GET', '/api/verdict')).resolves.toEqual({ ok: true });
  });
});

describe('going somewhere', () => {
  test.each([
    ['/record?id=r7', ['navigateTo /pages/record/index?id=r7']],
    ['/records', ['reLaunch /pages/records/index']],
    ['/admin#buy', ['navigateTo /pages/admin/index?at=buy']],
  ])('%s opens its page', (address, went) => {
    openPath(address);
    expect(device.went).toEqual(went);
  });

  test('what is no page of the package goes to the clipboard, and says so', async () => {
    openPath('/install');
    await act(async () => {});
    expect([device.clipboard, device.toasts]).toEqual([
      'https://gate.example/install',
      ['链接已复制，请在浏览器中打开'],
    ]);
    openPath('https://shop.example/buy');
    await act(async () => {});
    expect(device.clipboard).toBe('https://shop.example/buy');
  });

  test('a failed login’s retry logs in for the page it failed on, and a visitor goes on without', () => {
    const wanted: string[] = [];
    offerWaysIn({ logInAgain: (to) => wanted.push(to), visitAsOutsider: () => wanted.push('visit') });
    openPath(`/login?return_to=${encodeURIComponent('/record?id=r7')}`);
    openPath('/visit');
    expect([wanted, device.went]).toEqual([['/record?id=r7', 'visit'], []]);
  });
});

describe('forwarding', () => {
  const cardOf = () => device.share() as { title: string; path: string };

  test('names the page on the screen, marked as shared, without what belonged to this arrival', async () => {
    page(RECORD, { id: 'r7', from: 'qr' });
    await offerShare({ title: '2 号电梯', desc: '', link: '' });
    standGate(buildState(buildVerdict('seat_valid')));
    expect(cardOf()).toEqual({ title: '2 号电梯', path: 'pages/record/index?id=r7&from=share' });
    page(RECORD, { id: 'r8' });
    expect(cardOf()).toEqual({ title: '点检记录', path: 'pages/record/index?id=r8&from=share' });
  });

  test('the administrators’ page is forwarded as the app itself', () => {
    page('pages/admin/index');
    standGate(buildState(buildVerdict('seat_valid')));
    expect(cardOf().path).toBe('pages/records/index?from=share');
  });
});

describe('looks', () => {
  test.each([
    [undefined, 16],
    [0, 16],
    [16, 16],
    [17, 16],
    [12, 15],
    [20, 19],
    [23, 22],
    [99, 24],
  ])('a text-size setting of %s makes 1rem %s px', (setting, rem) => expect(remOf(setting)).toBe(rem));

  test('the page follows the setting of the moment', () => {
    device.system['fontSizeSetting'] = 23;
    const { container } = standGate(buildState(buildVerdict('seat_valid')));
    expect(container.querySelector<HTMLElement>('.gate-surroundings')?.style.getPropertyValue('--rem')).toBe('22px');
    device.system['fontSizeSetting'] = 16;
  });

  test('drawings change with dark mode: they are images and inherit no colour', () => {
    watchTheme();
    standGate(buildState(buildVerdict('trial_over')));
    const drawn = () => decodeURIComponent(document.querySelector('.gate-drawing-96')?.getAttribute('src') ?? '');
    expect(drawn()).toContain(TOKENS.light.stop);
    act(() => device.tell.theme({ theme: 'dark' }));
    expect(drawn()).toContain(TOKENS.dark.stop);
    act(() => device.tell.theme({ theme: 'light' }));
  });

  test('what it says by itself is titled as the server would title it', () => {
    const { stale, unavailable } = miniWordsOf('zh-CN');
    expect([stale.title, unavailable.title]).toEqual([zhCN['title.stale_facts'], zhCN['title.facts_unavailable']]);
  });
});

describe('names', () => {
  const draw = () => {
    const store = createGateStore(buildState(buildVerdict('seat_valid')));
    return render(
      <GateContext.Provider value={{ store, port: buildPort() }}>
        <MemberName userId="woZhang" fallback="成员 7K2" />
      </GateContext.Provider>,
    );
  };

  test('are the neutral word without the plugin, and never the id', () => {
    const { container } = draw();
    expect(container.innerHTML).toBe('<span>成员 7K2</span>');
  });

  test('are the plugin’s where it is built in: with corp and member, and the neutral word beside it until it draws', () => {
    Object.assign(globalThis, { BUILD_CONTACT_PLUGIN: true });
    const { container } = draw();
    const name = container.querySelector('ww-open-data');
    expect([name?.getAttribute('type'), name?.getAttribute('corpid'), name?.getAttribute('openid')]).toEqual([
      'userName',
      'wpCorp',
      'woZhang',
    ]);
    expect(container.textContent).toBe('成员 7K2');
    Object.assign(globalThis, { BUILD_CONTACT_PLUGIN: false });
  });
});
