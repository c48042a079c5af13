import { useSyncExternalStore } from 'react';
import Taro, { getNetworkType, onNetworkStatusChange } from '@tarojs/taro';

/** How the line stands, as far as a person has to know. */
export type Network = 'fine' | 'slow' | 'offline';

type Weak = { readonly weakNet: boolean };
/** Base library 2.21; WeCom's may be older. */
type MayTellWeak = { readonly onNetworkWeakChange?: (told: (weak: Weak) => void) => void };

/** An answer that takes longer than this is worth a word. */
const SLOW_AFTER_MS = 3000;

const listeners = new Set<() => void>();
let offline = false;
let weak = false;
let late = 0;

function tell(): void {
  listeners.forEach((listener) => listener());
}

function read(): Network {
  if (offline) return 'offline';
  return weak || late > 0 ? 'slow' : 'fine';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the device's network from what it is now; `onBack` is called when it has come back. */
export function watchNetwork(onBack: () => void): void {
  void getNetworkType().then(({ networkType }) => {
    offline = networkType === 'none';
    tell();
  });
  onNetworkStatusChange(({ isConnected }) => {
    const isBack = offline && isConnected;
    offline = !isConnected;
    tell();
    if (isBack) onBack();
  });
  (Taro as MayTellWeak).onNetworkWeakChange?.(({ weakNet }) => {
    weak = weakNet;
    tell();
  });
}

/** Says that the network is slow while this answer is late. */
export async function watchAnswer<T>(answer: Promise<T>): Promise<T> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    late += 1;
    tell();
  }, SLOW_AFTER_MS);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    if (isLate) {
      late -= 1;
      tell();
    }
  }
}

/** The network as it stands, drawn again when it changes. */
export function useNetwork(): Network {
  return useSyncExternalStore(subscribe, read, read);
}
