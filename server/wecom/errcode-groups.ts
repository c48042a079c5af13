import type { ErrorCode } from '../error-table';

/**
 * When the same call may work: `never` until somebody changes something; `later` once WeCom is further; `new_token` at
 * once with a new credential; `busy` at once, a few times; `window` after the block.
 */
export type RetryClass = 'never' | 'later' | 'new_token' | 'busy' | 'window';

type Words = { readonly zh: string; readonly en: string };

/** Errcodes that mean the same to whoever asked. `next`: what to do; rows: errcode, what happened in Chinese and English. */
export type ErrcodeGroup = {
  readonly code: ErrorCode;
  readonly retry: RetryClass;
  readonly next: Words;
  readonly rows: readonly (readonly [errcode: number, zh: string, en: string])[];
};
