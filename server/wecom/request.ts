import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { z } from 'zod';
import { startStopwatch, type Clock } from '../clock';
import { AppError, WecomError } from '../errors';
import type { Metrics } from '../metrics';
import { createBudgets, type Budgets } from './budgets';
import { withDeadline, type Deadline } from './deadline';
import { createHolds, type Holds } from './holds';
import { createLanes, type Lanes } from './lanes';
import { wireNumber } from './wire';

/** One call. `query` carries credentials and codes, so it is never logged; the path is. */
export type WecomCall<T> = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Present: POST as JSON. Absent: GET. */
  readonly body?: unknown;
  /** In place of a body: POST as multipart/form-data, written anew for every attempt. */
  readonly form?: FormData;
  readonly schema: z.ZodType<T>;
  readonly deadlineMs?: number;
  /** The corp the call is about, where there is one: WeCom counts by corp and path. */
  readonly corpId?: string | undefined;
  /** Nobody waits for it: it goes after the rest, uses at most half of the budget, and may take longer. */
  readonly background?: boolean;
  /** Refusals that still carry an answer worth reading, such as a batch in which every item failed. */
  readonly readable?: readonly number[];
  /** Told what WeCom answered, word for word, once it was found to be in order. */
  readonly hear?: Hear;
};

/** What an answer is handed to: the call's path, and the answer as it came. */
export type Hear = (path: string, text: string) => void;

/**
 * Asks WeCom and gives back the checked body. Throws WecomError with the errcode when WeCom refuses, and AppError
 * `wecom.timeout`, `wecom.unreachable` or `wecom.malformed` when it is silent or answers something else.
 */
export type WecomRequest = <T>(call: WecomCall<T>) => Promise<T>;

type RequestDeps = {
  readonly apiOrigin: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** What is shared with other instances, or a test's own; without them this process counts and remembers alone. */
  readonly budgets?: Budgets;
  readonly holds?: Holds;
  readonly lanes?: Lanes;
  readonly deadlines?: Deadlines;
};
type Parts = RequestDeps & { readonly budgets: Budgets; readonly lanes: Lanes; readonly holds: Holds };

/** All attempts of one call together: a page waits for the first at most, and background work for the second. */
export type Deadlines = { readonly awaitedMs: number; readonly backgroundMs: number };
const DEADLINES: Deadlines = { awaitedMs: 4000, backgroundMs: 30_000 };
/** "System busy, try again later": WeCom asks for up to three more tries. */
const BUSY_RETRIES = 3;
/** "Too many parallel calls of one API by one corp". */
const TOO_PARALLEL = 45033;
const HTTP_NOT_FOUND = 404;

/** A missing errcode means success: get_provider_token and get_corp_token leave it out (credentials.md, section 2). */
const outcome = z.object({
  errcode: wireNumber.nullish().transform((errcode) => errcode ?? 0),
  errmsg: z
    .unknown()
    .optional()
    .transform((errmsg) => (typeof errmsg === 'string' ? errmsg : '')),
});

export function createWecomRequest(deps: RequestDeps): WecomRequest {
  const parts: Parts = { budgets: createBudgets(), lanes: createLanes(), holds: createHolds(deps.clock), ...deps };
  return async (call) => {
    const elapsedMs = startStopwatch();
    try {
      const { awaitedMs, backgroundMs } = deps.deadlines ?? DEADLINES;
      const deadlineMs = call.deadlineMs ?? (call.background ? backgroundMs : awaitedMs);
      const value = await withDeadline(deadlineMs, (deadline) => retryWhileBusy(parts, call, deadline));
      report(deps, call.path, elapsedMs(), null);
      return value;
    } catch (error) {
      const fault = asFault(error);
      report(deps, call.path, elapsedMs(), fault);
      throw fault;
    }
  };
}

function retryWhileBusy<T>(parts: Parts, call: WecomCall<T>, deadline: Deadline): Promise<T> {
  return pRetry(() => takeTurn(parts, call, deadline), {
    retries: BUSY_RETRIES,
    minTimeout: 100,
    randomize: true,
    signal: deadline.signal,
    shouldRetry: ({ error }) => error instanceof WecomError && (error.retry === 'busy' || isOneCorpsCrowd(call, error)),
  });
}

/**
 * Some corp's people came all at once, to a call that names no corp: the next moment may do, and every other corp's people
 * use the same call, so it is no block.
 */
function isOneCorpsCrowd<T>(call: WecomCall<T>, error: WecomError): boolean {
  return error.errcode === TOO_PARALLEL && call.corpId === undefined;
}

/** Nothing is sent into a block of WeCom's, over our budget, or before a call's turn. */
async function takeTurn<T>(parts: Parts, call: WecomCall<T>, deadline: Deadline): Promise<T> {
  parts.holds.check(call);
  await parts.budgets.take(call, deadline);
  return parts.lanes.run(call, deadline.signal, () => attemptUnblocked(parts, call, deadline.signal));
}

/** Learns of a block before the turn ends, so that the next in the lane is not sent into it. */
async function attemptUnblocked<T>(parts: Parts, call: WecomCall<T>, signal: AbortSignal): Promise<T> {
  const { holds } = parts;
  holds.check(call);
  try {
    const value = await attempt(parts, call, signal);
    holds.release(call);
    return value;
  } catch (error) {
    if (!(error instanceof WecomError) || error.retry !== 'window' || isOneCorpsCrowd(call, error)) throw error;
    throw new WecomError(error.errcode, error.hint, holds.block(call));
  }
}

async function attempt<T>(deps: RequestDeps, call: WecomCall<T>, signal: AbortSignal): Promise<T> {
  const url = new URL(call.path, deps.apiOrigin);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const response = await fetch(url, { ...describeBody(call), signal, redirect: 'error' });
  const text = await response.text();
  const body = readJson(text, response.status);
  const { errcode, errmsg } = check(outcome, body);
  if (Object.keys(body as object).length === 0) throw notAnAnswer(response.status, 'an object without any field');
  if (errcode !== 0 && !call.readable?.includes(errcode)) throw new WecomError(errcode, readHint(errmsg));
  if (!response.ok) throw notAnAnswer(response.status, 'JSON without an errcode');
  const value = check(call.schema, body);
  call.hear?.(call.path, text);
  return value;
}

function describeBody({ body, form }: Pick<WecomCall<unknown>, 'body' | 'form'>): RequestInit {
  // fetch names the boundary in the content type by itself.
  if (form) return { method: 'POST', body: form };
  if (body === undefined) return { method: 'GET' };
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function readJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAnAnswer(status, `${text.length} characters that are not JSON`);
  }
}

/** Somebody in between speaks. 404 is kept apart: it is how a call that does not exist (yet) looks. */
function notAnAnswer(status: number, detail: string): AppError {
  if (status === HTTP_NOT_FOUND) return new WecomError(HTTP_NOT_FOUND, '');
  return new AppError('wecom.malformed', { logDetail: `HTTP ${status}, ${detail}` });
}

function check<T>(schema: z.ZodType<T>, body: unknown): T {
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  // Paths only: the values may be credentials.
  const where = checked.error.issues.map((issue) => issue.path.join('.') || '(body)').join(', ');
  throw new AppError('wecom.malformed', { logDetail: `unexpected answer at ${where}` });
}

/** WeCom's hint is a tracking number for its support; the rest of errmsg is prose nobody may rely on. */
function readHint(errmsg: string): string {
  return /hint: \[([\w-]{1,80})\]/.exec(errmsg)?.[1] ?? '';
}

function asFault(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('wecom.unreachable', { cause: error });
}

function report(deps: RequestDeps, path: string, ms: number, fault: AppError | null): void {
  deps.metrics.wecomCall(path, fault?.code ?? 'ok', ms / 1000);
  if (fault === null) return deps.log.debug({ path, ms }, 'wecom answered');
  const { code, logDetail } = fault;
  const refusal = fault instanceof WecomError ? { errcode: fault.errcode, hint: fault.hint } : {};
  deps.log.warn({ path, ms, code, detail: logDetail, ...refusal }, 'wecom call failed');
}

/** 40066 "invalid url" and a plain 404: this WeCom does not know the call. */
export function isUnknownApi(error: unknown): boolean {
  return error instanceof WecomError && error.code === 'wecom.unknown_call';
}
