import { ERRORS, type ErrorCode } from './error-table';
import type { RetryClass } from './wecom/errcode-groups';
import { explainErrcode } from './wecom/errcodes';

export { ERRORS, type ErrorCode };

export type AppErrorOptions = {
  /** Shown to the caller; nothing of the inside. */
  readonly publicDetails?: unknown;
  /** For the log only; no secrets, codes or tokens. */
  readonly logDetail?: string;
  /** When it makes sense to try again; becomes Retry-After. */
  readonly retryAfterMs?: number;
  /** Says it more exactly than the table does. */
  readonly words?: { readonly zh: string; readonly en: string };
  readonly cause?: unknown;
};

/** A fault with a code of the one table. What the public reads is `words`, never `message` or `cause`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly publicDetails: unknown;
  readonly logDetail: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the public reads. */
  readonly words: { readonly zh: string; readonly en: string };

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.logDetail ? `${code}: ${options.logDetail}` : code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.publicDetails = options.publicDetails;
    this.logDetail = options.logDetail;
    this.retryAfterMs = options.retryAfterMs;
    this.words = options.words ?? ERRORS[code];
  }
}

/** A block lasts as long as its window; the shortest is a minute (page 90454). */
export const RATE_LIMIT_WINDOW_MS = 60_000;

/**
 * WeCom refused a call. `errcode` decides (server/wecom/errcodes.ts); `errmsg` is prose nobody may rely on and is not
 * kept. `hint` is the tracking number WeCom's support asks for.
 */
export class WecomError extends AppError {
  readonly errcode: number;
  readonly hint: string;
  readonly retry: RetryClass;

  /** `blockedMs`: how long a block of WeCom's is taken to last. */
  constructor(errcode: number, hint: string, blockedMs = RATE_LIMIT_WINDOW_MS) {
    const { code, en, retry, zh } = explainErrcode(errcode);
    const words = zh === undefined || en === undefined || !SPEAKS.test(code) ? {} : { words: { zh, en } };
    const wait = retry === 'window' ? { retryAfterMs: blockedMs } : {};
    super(code, { logDetail: `errcode ${errcode}`, ...wait, ...words });
    this.name = 'WecomError';
    this.errcode = errcode;
    this.hint = hint;
    this.retry = retry;
  }
}

/** Licence rules are what administrators deal with: they are told which one. The rest keeps the table's sentence. */
const SPEAKS = /^licence\./;
