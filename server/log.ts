import { isNativeError } from 'node:util/types';
import pino, { stdSerializers, type DestinationStream, type Logger } from 'pino';

/** Field names whose values never reach a log line. `code` is not among them: it is our error code. */
const SECRET_FIELDS = [
  'access_token',
  'auth_code',
  'authCode',
  'authorization',
  'cookie',
  'permanent_code',
  'permanentCode',
  'secret',
  'session_key',
  'suite_ticket',
  'ticket',
  'token',
];

const redact = { paths: SECRET_FIELDS, censor: '[redacted]' };

/** Lines are written together, a few times a second and when the process ends: a write for each cost 7 % of the rate. */
const BUFFERED = { dest: 1, sync: false, minLength: 4096, periodicFlush: 200 };

/**
 * One JSON line per event on standard output. Callers pass ids, paths and codes of the error table; bodies, headers,
 * query strings and credentials are never handed in, and known names are blotted out in case one is.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact,
    serializers: { err: serializeError },
  };
  return pino(options, destination ?? pino.destination(BUFFERED));
}

/** Message, stack and cause only: drivers hang parameters (rows, credentials) on their errors. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error || isNativeError(error))) return String(error);
  const { message, stack, type } = stdSerializers.err(error);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type, message, ...code, stack };
}
