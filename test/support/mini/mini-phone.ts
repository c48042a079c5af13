import { NEW_DEVICE, type DeviceState } from '../../weapp-host/device';
import { readUrl } from '../../weapp-host/page-stack';
import { waitFor } from '../wait-for';
import type { Target } from './target';

type Page = NonNullable<Awaited<ReturnType<Target['mp']['currentPage']>>>;
export type MiniElement = NonNullable<Awaited<ReturnType<Page['$']>>>;

/** The address an entry carries, the list without one, and WeChat's number for the entry. */
type Way = { readonly url?: string | undefined; readonly scene?: number | undefined };

/** A phone with the mini-program open, through the automation protocol. Every look waits for what it names. */
export type MiniPhone = {
  readonly open: (way: Way, device: Partial<DeviceState>, samePhone: boolean) => Promise<void>;
  readonly page: () => Promise<Page>;
  readonly find: (selector: string) => Promise<MiniElement>;
  readonly all: (selector: string) => Promise<readonly MiniElement[]>;
  readonly text: (selector: string) => Promise<string>;
  readonly tap: (selector: string) => Promise<void>;
  readonly type: (selector: string, value: string) => Promise<void>;
  readonly gone: (selector: string) => Promise<void>;
  /** `path?query` of the page on the screen. */
  readonly address: () => Promise<string>;
  /** What the mini-program threw and nobody caught, since the phone was opened. */
  readonly exceptions: () => readonly unknown[];
};

const HOME = '/pages/records/index';

type Told = { data: { code: string } };
type Login = { success: (result: { code: string }) => void; fail: (error: object) => void };
/** In functions that run inside the mini-program. */
declare const wx: { qy?: object; request: (options: object) => void };

/** In DevTools there is no WeCom: its login is put in place by hand, and the start is a relaunch. */
async function openInDevTools({ mp }: Target, url: string, device: Partial<DeviceState>, samePhone: boolean) {
  const { client, loginUrl } = { ...NEW_DEVICE, ...device };
  if (!samePhone) await mp.callWxMethod('clearStorageSync');
  await mp.evaluate(
    (isWecom: boolean, loginAt: string) => {
      if (!isWecom) return void delete wx.qy;
      const success = (login: Login) => (told: Told) => login.success({ code: told.data.code });
      wx.qy = {
        login: (login: Login) =>
          wx.request({ url: loginAt, method: 'POST', data: {}, success: success(login), fail: login.fail }),
      };
    },
    client === 'wecom',
    loginUrl ?? '',
  );
  await mp.callWxMethod('reLaunch', { url });
}

export function createMiniPhone(target: Target, exceptions: unknown[]): MiniPhone {
  const { mp, hand } = target;
  const page = () => waitFor('a page', () => mp.currentPage());
  const look = async (selector: string) => (await (await page()).$$(selector)) as MiniElement[];
  // The app may put another page in this one's place between the two questions; then the second try asks that one.
  const all = (selector: string) => look(selector).catch(() => look(selector));
  const find = (selector: string) => waitFor(selector, async () => (await all(selector))[0]);
  return {
    open: async ({ url = HOME, scene = 1001 }, device, samePhone) => {
      exceptions.splice(0);
      if (hand === null) return openInDevTools(target, url, device, samePhone);
      const launch = { ...readUrl(url), scene };
      await hand({ do: 'open', launch, device: samePhone ? device : { ...NEW_DEVICE, ...device }, fresh: !samePhone });
    },
    page,
    all,
    find,
    text: async (selector) => (await find(selector)).text(),
    tap: async (selector) => (await find(selector)).tap(),
    type: async (selector, value) => {
      await ((await find(selector)) as MiniElement & { input: (text: string) => Promise<void> }).input(value);
    },
    gone: async (selector) => void (await waitFor(`no ${selector}`, async () => (await all(selector)).length === 0)),
    address: async () => {
      const { path, query } = (await page()) as { path: string; query: Record<string, string> };
      const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
      return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
    },
    exceptions: () => exceptions,
  };
}
