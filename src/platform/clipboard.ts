import { setClipboardData } from '@tarojs/taro';

/** Puts text on the clipboard; false when the client refuses. */
export function copyText(text: string): Promise<boolean> {
  return setClipboardData({ data: text }).then(
    () => true,
    () => false,
  );
}
