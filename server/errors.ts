import { ERRORS, type ErrorCode } from './error-table';

export { ERRORS, type ErrorCode };

export type AppErrorOptions = {
  /** Shown to the caller; nothing of the inside. */
  readonly publicDetails?: unknown;
  /** For the log only; no secrets, codes or tokens. */
  readonly logDetail?: string;
  /** When it makes sense to try again; becomes Retry-After. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
};

/** A fault with a code of the one table. What the public reads comes from the table, never from `message` or `cause`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly publicDetails: unknown;
  readonly logDetail: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.logDetail ? `${code}: ${options.logDetail}` : code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.publicDetails = options.publicDetails;
    this.logDetail = options.logDetail;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Classes of WeCom's errcodes (page 96213); what is not listed is `wecom.refused`. */
const ERRCODE_CLASSES: readonly (readonly [ErrorCode, readonly number[]])[] = [
  ['wecom.busy', [-1]],
  ['wecom.rate_limited', [45009, 45033, 701134]],
  ['wecom.token', [40014, 41001, 41022, 42001, 40082, 42009, 40085]],
  ['wecom.credentials', [40001, 40080, 40083, 40091, 60020]],
  ['wecom.not_authorised', [40084, 48004, 301007, 701015]],
  ['wecom.no_permission', [48002, 48003, 48006, 301002]],
  ['wecom.out_of_range', [50002, 60011, 60021, 60030, 60111, 701088]],
  ['wecom.unlicensed', [701008, 701016, 701099]],
  ['wecom.code_invalid', [40029, 40078, 42022]],
  ['wecom.unknown_call', [40066, 404]],
];

const CODE_OF_ERRCODE = new Map<number, ErrorCode>(
  ERRCODE_CLASSES.flatMap(([code, errcodes]) => errcodes.map((errcode) => [errcode, code] as const)),
);

/** A block lasts as long as its window; the shortest is a minute (page 90454). */
const RATE_LIMIT_WINDOW_MS = 60_000;

/**
 * WeCom refused a call. `errcode` decides; `errmsg` is prose nobody may rely on and is not kept. `hint` is the tracking
 * number WeCom's support asks for.
 */
export class WecomError extends AppError {
  readonly errcode: number;
  readonly hint: string;

  constructor(errcode: number, hint: string) {
    const code = CODE_OF_ERRCODE.get(errcode) ?? 'wecom.refused';
    const retryAfterMs = code === 'wecom.rate_limited' ? RATE_LIMIT_WINDOW_MS : undefined;
    super(code, { logDetail: `errcode ${errcode}`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    this.name = 'WecomError';
    this.errcode = errcode;
    this.hint = hint;
  }
}
