import type { Device } from '../device';
import type { Routes } from '../mini-app';
import type { PackageFiles } from '../package-files';
import type { Shown } from '../page-stack';
import type { Realm } from '../realm';
import { clientApis } from './client';
import { deviceApis } from './device';
import { pageApis } from './pages';
import { requestApis } from './request';
import { storageApis } from './storage';

/** What the client's APIs work on. */
export type WxGiven = {
  readonly files: PackageFiles;
  readonly device: Device;
  readonly realm: Realm;
  readonly routes: Routes;
  readonly top: () => Shown;
  readonly stack: readonly Shown[];
  readonly app: (lifetime: string, ...args: unknown[]) => void;
  readonly launched: () => object;
  readonly entered: () => object;
};

export type Options = Record<string, unknown>;
export type Api = (...args: never[]) => unknown;

/** A failure in the client's words: `errMsg` becomes `<api>:fail <message>`. */
export class ApiFailure extends Error {}

export type Apis = {
  /** Answers at once, or takes a listener. */
  readonly plain?: Readonly<Record<string, Api>>;
  /** Takes `{ success, fail, complete }`, answers a promise without them. */
  readonly async?: Readonly<Record<string, (options: Options) => unknown>>;
  /** Objects of the client's own, as `wx.qy`. */
  readonly values?: Readonly<Record<string, object>>;
  /** What the client can tell the app's listeners. */
  readonly news?: Readonly<Record<string, (told: object) => void>>;
  readonly end?: () => void;
};

type Callback = (result: object) => void;
type Mock =
  | { readonly source: (...args: unknown[]) => unknown; readonly args: readonly unknown[] }
  | { readonly result: unknown };

export type Wx = {
  /** The `wx` of the app. */
  readonly object: Record<string, unknown>;
  readonly call: (name: string, args: readonly unknown[]) => unknown;
  readonly mock: (name: string, mock: Mock) => void;
  readonly restore: (name: string) => void;
  readonly tell: (news: 'AppShow' | 'AppHide', told: object) => void;
  readonly end: () => void;
};

function answer(name: string, options: Options, work: () => unknown, copy: Realm['copy']): unknown {
  const settled = new Promise((resolve) => resolve(work())).then(
    (result) => copy({ ...(result as object | undefined), errMsg: `${name}:ok` }),
    (reason: unknown) => {
      if (!(reason instanceof ApiFailure)) throw reason;
      return Promise.reject(copy({ errMsg: `${name}:fail ${reason.message}` }));
    },
  );
  const { success, fail, complete } = options as { success?: Callback; fail?: Callback; complete?: Callback };
  if (!success && !fail && !complete) return settled;
  settled.then(
    (result) => {
      success?.(result);
      complete?.(result);
    },
    (reason: object) => {
      fail?.(reason);
      complete?.(reason);
    },
  );
  return undefined;
}

const isFailure = (result: unknown): boolean =>
  /:fail/.test(String((result as { errMsg?: unknown } | null)?.errMsg ?? ''));

/** What a test put in place of an API: a value, or a function that may ask the real one. */
function answerMock(
  name: string,
  mock: Mock,
  isAsync: boolean,
  args: readonly unknown[],
  origin: Api,
  copy: Realm['copy'],
) {
  const value = 'result' in mock ? mock.result : mock.source.call({ origin }, ...args, ...mock.args);
  if (!isAsync) return copy(value);
  const [options = {}] = args as [Options?];
  const settled = Promise.resolve(value).then((result) => {
    if (isFailure(result)) return Promise.reject(copy(result));
    return copy({ errMsg: `${name}:ok`, ...(result as object) });
  });
  const { success, fail, complete } = options as { success?: Callback; fail?: Callback; complete?: Callback };
  if (!success && !fail && !complete) return settled;
  void settled.then(success, fail).finally(() => complete?.({ errMsg: `${name}:ok` }));
  return undefined;
}

/** Builds `wx` for one run. What is not in it is `undefined` for the app, as an API of a newer client would be. */
export function createWx(given: WxGiven): Wx {
  const { copy } = given.realm;
  const groups: Apis[] = [clientApis, deviceApis, pageApis, requestApis, storageApis].map((make) => make(given));
  const real = new Map<string, Api>();
  const asyncNames = new Set<string>();
  for (const { plain = {}, async: later = {} } of groups) {
    for (const [name, api] of Object.entries(plain)) real.set(name, api);
    for (const [name, api] of Object.entries(later)) {
      asyncNames.add(name);
      real.set(name, ((options: Options = {}) => answer(name, options, () => api(options), copy)) as Api);
    }
  }
  const mocks = new Map<string, Mock>();
  const object: Record<string, unknown> = Object.assign({}, ...groups.map(({ values }) => values ?? {}));
  const place = (name: string): void => {
    object[name] = (...args: unknown[]) => {
      const mock = mocks.get(name);
      const origin: Api = real.get(name) ?? (() => undefined);
      if (mock) return answerMock(name, mock, asyncNames.has(name) || !/Sync$|^on|^off/.test(name), args, origin, copy);
      return (origin as (...given: unknown[]) => unknown)(...args);
    };
  };
  for (const name of real.keys()) place(name);
  return {
    object,
    call: (name, args) => {
      const api = object[name];
      if (typeof api !== 'function') throw new Error(`wx.${name} is not a function of this client`);
      return (api as (...given: unknown[]) => unknown).apply(object, [...args]);
    },
    mock: (name, mock) => {
      mocks.set(name, mock);
      if (!real.has(name)) place(name);
    },
    restore: (name) => {
      mocks.delete(name);
      if (!real.has(name)) delete object[name];
    },
    tell: (news, told) => groups.forEach((group) => group.news?.[news]?.(told)),
    end: () => groups.forEach(({ end }) => end?.()),
  };
}
