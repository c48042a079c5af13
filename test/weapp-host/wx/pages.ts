import { readUrl } from '../page-stack';
import { ApiFailure, type Apis, type Options, type WxGiven } from './create-wx';

/** `../record/index?id=1` and `/pages/record/index?id=1` from where one stands. */
function targetOf(url: unknown, from: string): ReturnType<typeof readUrl> {
  const { path, query } = readUrl(String(url));
  const isAbsolute = String(url).startsWith('/');
  return { path: isAbsolute ? path : new URL(path, `file:///${from}`).pathname.slice(1), query };
}

/** Navigation and what belongs to the page on the screen. */
export function pageApis({ routes, top, stack }: WxGiven): Apis {
  const going =
    (kind: 'navigateTo' | 'redirectTo' | 'reLaunch') =>
    ({ url }: Options): void => {
      const { path, query } = targetOf(url, stack.at(-1)?.path ?? '');
      try {
        routes[kind](path, query);
      } catch (error) {
        if (/is not found|count limit/.test((error as Error).message)) throw new ApiFailure((error as Error).message);
        throw error;
      }
    };
  const titles = new WeakMap<object, string>();
  return {
    plain: { nextTick: (work: () => void) => void setTimeout(work, 0) },
    async: {
      navigateTo: going('navigateTo'),
      redirectTo: going('redirectTo'),
      reLaunch: going('reLaunch'),
      switchTab: () => {
        throw new ApiFailure('can not switch to no-tabBar page');
      },
      navigateBack: ({ delta }: Options) => {
        if (stack.length < 2) throw new ApiFailure('cannot navigate back at first page.');
        routes.navigateBack(typeof delta === 'number' ? delta : 1);
      },
      setNavigationBarTitle: ({ title }: Options) => {
        titles.set(top(), String(title));
        top().holder.dataset['title'] = String(title);
      },
      setNavigationBarColor: () => undefined,
      setBackgroundColor: () => undefined,
      setBackgroundTextStyle: () => undefined,
      hideHomeButton: () => undefined,
      pageScrollTo: () => undefined,
      startPullDownRefresh: () => undefined,
      stopPullDownRefresh: () => undefined,
      showShareMenu: () => undefined,
      hideShareMenu: () => undefined,
      updateShareMenu: () => undefined,
      enableAlertBeforeUnload: () => undefined,
      disableAlertBeforeUnload: () => undefined,
    },
  };
}
