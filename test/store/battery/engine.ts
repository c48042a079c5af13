import type { Store } from '../../../server/store/store';

/** How a test gets at one engine: a fresh empty place, and stores opened on it. */
export type Engine = {
  readonly makePlace: () => Promise<string>;
  readonly open: (place: string, options?: { waitMs?: number }) => Promise<Store>;
};

/** The place of a running test: its store, and further stores opened on the same place. */
export type Place = {
  readonly store: () => Store;
  readonly other: (options?: { waitMs?: number }) => Promise<Store>;
  readonly engine: () => Engine;
};
