import { getStorageSync, setStorageSync } from '@tarojs/taro';

/** A value kept on this device, or null. */
export function readItem(key: string): string | null {
  const value: unknown = getStorageSync(key);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Keeps a value on this device. */
export function writeItem(key: string, value: string): void {
  setStorageSync(key, value);
}
