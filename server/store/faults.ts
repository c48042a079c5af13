import { AppError } from '../errors';

/** PostgreSQL: connection lost or refused, server starting or stopping, too many clients, a statement cut off. */
const POSTGRES_DOWN = /^(08...|53...|57P0.|57014|25P03)$/;
const NETWORK_DOWN = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);
const SQLITE_DOWN = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT|NOTADB)/;
/** What pg says without a code. */
const POOL_DOWN =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered|Query read timeout)/;

/** `store.unavailable` for an error that says the store cannot be reached or written; null for any other. */
export function asStoreFault(error: unknown): AppError | null {
  const code = codeOf(error);
  const isDown =
    POSTGRES_DOWN.test(code) ||
    SQLITE_DOWN.test(code) ||
    (NETWORK_DOWN.has(code) && isSocketCall(error)) ||
    POOL_DOWN.test(read(error, 'message'));
  return isDown ? new AppError('store.unavailable', { cause: error, retryAfterMs: 5000 }) : null;
}

/** The work's value, or what stands in for it while the store cannot be reached. Any other error stays one. */
export async function unlessStoreDown<T>(work: Promise<T>, instead: (fault: AppError) => T | Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const fault = error instanceof AppError && error.code === 'store.unavailable' ? error : asStoreFault(error);
    if (fault === null) throw error;
    return instead(fault);
  }
}

function codeOf(error: unknown): string {
  return read(error, 'code');
}

/** Network errors are the store's only when a socket to it failed: outgoing calls to WeCom report theirs as `wecom.*`. */
function isSocketCall(error: unknown): boolean {
  return read(error, 'syscall') !== '';
}

/** By its fields, not its class: drivers have error classes of their own. */
function read(error: unknown, field: string): string {
  if (typeof error !== 'object' || error === null) return '';
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
}
