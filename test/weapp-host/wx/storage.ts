import { ApiFailure, type Apis, type Options, type WxGiven } from './create-wx';

/** Storage of the mini-program on this phone. */
export function storageApis({ device: { storage }, realm: { copy } }: WxGiven): Apis {
  const read = (key: unknown): unknown => {
    const kept = storage.get(String(key));
    return kept === undefined ? '' : copy(JSON.parse(kept) as unknown);
  };
  const write = (key: unknown, data: unknown): void => void storage.set(String(key), JSON.stringify(data ?? null));
  return {
    plain: {
      getStorageSync: read,
      setStorageSync: write,
      removeStorageSync: (key: unknown) => void storage.delete(String(key)),
      clearStorageSync: () => storage.clear(),
      getStorageInfoSync: () => copy({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),
    },
    async: {
      getStorage: ({ key }: Options) => {
        if (!storage.has(String(key))) throw new ApiFailure('data not found');
        return { data: read(key) };
      },
      setStorage: ({ key, data }: Options) => write(key, data),
      removeStorage: ({ key }: Options) => void storage.delete(String(key)),
      clearStorage: () => storage.clear(),
    },
  };
}
