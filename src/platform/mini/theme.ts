import { useSyncExternalStore } from 'react';
import { getSystemInfoSync, onThemeChange } from '@tarojs/taro';
import type { Scheme } from '../../ui/tokens';

const listeners = new Set<() => void>();
let scheme: Scheme | null = null;

function read(): Scheme {
  scheme ??= getSystemInfoSync().theme === 'dark' ? 'dark' : 'light';
  return scheme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the client's dark mode from now on. */
export function watchTheme(): void {
  onThemeChange(({ theme }) => {
    scheme = theme === 'dark' ? 'dark' : 'light';
    listeners.forEach((listener) => listener());
  });
}

/** The client's colour scheme, for what a stylesheet cannot reach: drawings are images. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, read, read);
}
