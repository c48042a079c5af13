import { navigateTo } from '@tarojs/taro';

/** Opens one of our own pages by its address, keeping this one below it. */
export function openPath(path: string): void {
  void navigateTo({ url: path });
}
