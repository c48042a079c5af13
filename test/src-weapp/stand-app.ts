import type { VisitView } from '../../server/http/contract/visit';
import type { GateStore } from '../../src/gate/gate-store';
import { buildVerdict } from '../src/build-state';
import type * as Taro from './taro';

export const NOW_MS = Date.parse('2026-11-21T10:24:00+08:00');
const WEEK_MS = 7 * 24 * 3_600_000;

type Device = (typeof Taro)['device'];

/** What the server says of a visit. */
export function buildVisit(over: Partial<VisitView> = {}): VisitView {
  return {
    screen: 'verdict',
    verdict: buildVerdict('seat_valid'),
    lang: 'zh-CN',
    appName: '点检记录',
    returnTo: '/records',
    person: { corpId: 'wpCorp', isAdmin: false, isOutsider: false, key: 'zhang' },
    request: null,
    targetTitle: null,
    loginAgain: false,
    graceMs: 24 * 3_600_000,
    ...over,
  };
}

export const refused = (statusCode: number, code: string, message = '') => ({
  statusCode,
  data: { error: { code, message } },
});

type Script = {
  /** What every visit is answered with; a function of the address asked for, or a refusal. */
  visit?: VisitView | ((page: string) => VisitView | ReturnType<typeof refused>);
  /** What a login is answered with, one after the other; the last one stays. */
  logins?: (ReturnType<typeof refused> | 'ok')[];
};

/** The server on the other side of HTTP: sessions, and the visit a page makes. */
export function serverOf({ visit = buildVisit(), logins = ['ok'] }: Script): Device['answer'] {
  let tokens = 0;
  const given = [...logins];
  const answerTo = (page: string) => {
    const answer = typeof visit === 'function' ? visit(page) : visit;
    return 'statusCode' in answer ? answer : { statusCode: 200, data: answer };
  };
  return ({ url, data }) => {
    if (url.includes('/api/visit')) return answerTo(decodeURIComponent(url.split('page=')[1] ?? ''));
    const login = (given.length > 1 ? given.shift() : given[0]) ?? 'ok';
    if (login !== 'ok') return login;
    const answer = answerTo((data as { page: string }).page);
    if (answer.statusCode !== 200) return answer;
    tokens += 1;
    const session = { token: `token-${tokens}`, expiresAt: new Date(Date.now() + WEEK_MS).toISOString() };
    return { statusCode: 200, data: { ...session, visit: answer.data, verdict: (answer.data as VisitView).verdict } };
  };
}

export type StoodApp = {
  readonly device: Device;
  readonly store: GateStore;
  readonly screen: () => string;
  /** What was asked of the server, as "POST /api/session". */
  readonly calls: () => string[];
  readonly codes: () => number;
  readonly logIn: (returnTo: string) => Promise<void>;
  readonly show: (opening: Parameters<Device['tell']['show']>[0]) => Promise<void>;
  /** Lets everything that is under way come to its end. */
  readonly settle: () => Promise<void>;
};

export type Client = { readonly wecom?: boolean; readonly codes?: (count: number) => string | null };

/** Lets a client without WeCom's API, or one that refuses login codes, stand around the app. */
function standQy({ wecom = true, codes = (count) => `code-${count}` }: Client): () => number {
  let count = 0;
  const login = ({ success, fail }: { success: (r: { code: string }) => void; fail: (e: unknown) => void }) => {
    count += 1;
    const code = codes(count);
    if (code === null) fail({ errMsg: 'qy.login:fail' });
    else success({ code });
  };
  Object.assign(globalThis, { wx: wecom ? { qy: { login } } : {} });
  return () => count;
}

/** Starts the mini-program's gate anew, as after a cold start: nothing but storage is left of earlier runs. */
export async function startApp(prepare: (device: Device) => void, client: Client = {}): Promise<StoodApp> {
  jest.resetModules();
  const codes = standQy(client);
  const { device } = (await import('@tarojs/taro')) as unknown as typeof Taro;
  const { enter } = await import('../../src/platform/enter');
  const { beginLogin } = await import('../../src/platform/login');
  const { BLANK_STATE } = await import('../../src/gate/blank-state');
  const { createGateStore } = await import('../../src/gate/gate-store');
  const { httpGatePort } = await import('../../src/gate/gate-port');
  const { screenOf } = await import('../../src/gate/screen-of');
  prepare(device);
  const store = createGateStore(BLANK_STATE);
  const settle = async (): Promise<void> => void (await jest.advanceTimersByTimeAsync(0));
  const entered = enter({ store, port: httpGatePort });
  await settle();
  await entered;
  return {
    device,
    store,
    codes,
    settle,
    screen: () => screenOf(store.get().state),
    calls: () => device.asked.map(({ method, url }) => `${method} ${url.replace(/^https?:\/\/[^/]+/, '')}`),
    logIn: async (returnTo) => {
      beginLogin(returnTo);
      await settle();
    },
    show: async (opening) => {
      device.tell.show(opening);
      await settle();
    },
  };
}
