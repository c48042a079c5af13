/** A refused or failed call, in the words of the server's error table; `network` when nothing came back. */
export class ApiFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryAfterMs: number | null;

  constructor(code: string, status: number, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'ApiFault';
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

type ErrorBody = { error?: { code?: string; message?: string } } | null;

/** Reads the body of a refused call (`{ error: { code, message } }`). */
export function faultOf(status: number, body: unknown, retryAfter: string | null = null): ApiFault {
  const error = typeof body === 'object' ? (body as ErrorBody)?.error : undefined;
  const seconds = Number(retryAfter);
  return new ApiFault(error?.code ?? 'internal', status, error?.message ?? '', seconds > 0 ? seconds * 1000 : null);
}

/** Nothing came back: offline, or the server is away. */
export function networkFault(): ApiFault {
  return new ApiFault('network', 0, '');
}
