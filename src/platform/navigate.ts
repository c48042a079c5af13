import { navigateTo } from '@tarojs/taro';

/** `/record?id=1` is `/pages/record/index?id=1` inside the package. */
function pageOf(path: string): string {
  const [name = '', query] = path.split(/[?#]/);
  return `/pages${name}/index${query ? `?${query}` : ''}`;
}

/** Opens one of our own pages by its address, keeping this one below it. */
export function openPath(path: string): void {
  void navigateTo({ url: pageOf(path) });
}
