import { useEffect } from 'react';

type Answer = { statusCode: number; data: unknown; header?: Record<string, string> };
type Asked = { url: string; method: string; data?: unknown; header: Record<string, string> };
type Opening = { path?: string; query?: Record<string, string>; scene?: number };
type Page = { route: string; options: Record<string, string> };

/** The phone and the client around a mini-program, for jsdom: what a test sets, and what the app did to it. */
export const device = {
  storage: new Map<string, string>(),
  launch: { path: 'pages/records/index', query: {}, scene: 1119 } as Opening,
  system: { language: 'zh_CN', theme: 'light', fontSizeSetting: 16 } as Record<string, unknown>,
  pages: [{ route: 'pages/records/index', options: {} }] as Page[],
  /** The server on the other side; throws as long as nobody answers. */
  answer: (_asked: Asked): Answer | Promise<Answer> => {
    throw new Error('request:fail');
  },
  asked: [] as Asked[],
  went: [] as string[],
  toasts: [] as string[],
  modals: [] as string[],
  network: 'wifi',
  clipboard: '',
  confirms: true,
  appliedUpdate: 0,
  tell: {
    show: (_opening: Opening): void => {},
    network: (_told: { isConnected: boolean }): void => {},
    weak: (_told: { weakNet: boolean }): void => {},
    theme: (_told: { theme: string }): void => {},
    update: (): void => {},
  },
  share: (): unknown => null,
};

const go =
  (how: string) =>
  ({ url }: { url: string }): Promise<void> => {
    device.went.push(`${how} ${url}`);
    return Promise.resolve();
  };

export const navigateTo = go('navigateTo');
export const redirectTo = go('redirectTo');
export const reLaunch = go('reLaunch');
export const getCurrentPages = () => device.pages;
export const getCurrentInstance = () => ({ router: { params: device.pages.at(-1)?.options ?? {} } });
export const useRouter = () => ({ params: device.pages.at(-1)?.options ?? {} });
export const getLaunchOptionsSync = () => device.launch;
export const getSystemInfoSync = () => device.system;
export const getStorageSync = (key: string) => device.storage.get(key) ?? '';
export const setStorageSync = (key: string, value: string) => void device.storage.set(key, value);
export const onAppShow = (told: typeof device.tell.show) => void (device.tell.show = told);
export const onNetworkStatusChange = (told: typeof device.tell.network) => void (device.tell.network = told);
export const getNetworkType = () => Promise.resolve({ networkType: device.network });
export const onThemeChange = (told: typeof device.tell.theme) => void (device.tell.theme = told);
const onNetworkWeakChange = (told: typeof device.tell.weak) => void (device.tell.weak = told);
export const setNavigationBarTitle = (): Promise<void> => Promise.resolve();
export const showShareMenu = (): Promise<void> => Promise.resolve();
export const pageScrollTo = ({ selector }: { selector: string }) => void device.went.push(`scroll ${selector}`);
export const nextTick = (work: () => void) => void setTimeout(work, 0);
export const showToast = ({ title }: { title: string }) => Promise.resolve(void device.toasts.push(title));
export const setClipboardData = ({ data }: { data: string }) => Promise.resolve(void (device.clipboard = data));
export const useDidShow = (work: () => void) => useEffect(work, []);
export const useShareAppMessage = (share: () => unknown) => void (device.share = share);
export const showModal = ({ title }: { title: string }) => {
  device.modals.push(title);
  return Promise.resolve({ confirm: device.confirms });
};
export const getUpdateManager = () => ({
  onUpdateReady: (told: () => void) => void (device.tell.update = told),
  applyUpdate: () => void (device.appliedUpdate += 1),
});

export async function request(asked: Asked): Promise<Answer> {
  device.asked.push(asked);
  return device.answer(asked);
}

export default { onNetworkWeakChange };
