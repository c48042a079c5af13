import { type z } from 'zod';
import { AppError } from '../../errors';
import { noted } from '../openapi/route-note';
import type { AppContext, AppMiddleware, Handler, ParsedInput } from '../router';
import { readText } from './read-text';

const MOST_BYTES = 64 * 1024;

/** Reads a JSON or form body of up to 64 KB and checks it; `bodyOf` gives it to the endpoint. Refuses the rest. */
export function parseBody(schema: z.ZodType): Handler {
  const errors = ['request.invalid', 'request.too_large', 'request.media_type'] as const;
  return noted({ body: schema, errors }, async (ctx) => {
    ctx.state.body = { schema, value: check(schema, await readInput(ctx)) };
  });
}

/** Checks the query; a parameter given twice is a list. `queryOf` gives it to the endpoint. */
export function parseQuery(schema: z.ZodType): Handler {
  return noted({ query: schema, errors: ['request.invalid'] }, (ctx) => {
    ctx.state.query = { schema, value: check(schema, { ...ctx.query }) };
  });
}

/** The body that `parseBody(schema)` of this route accepted. */
export function bodyOf<S extends z.ZodType>(ctx: AppContext, schema: S): z.output<S> {
  return parsed(ctx.state.body, schema);
}

/** The query that `parseQuery(schema)` of this route accepted. */
export function queryOf<S extends z.ZodType>(ctx: AppContext, schema: S): z.output<S> {
  return parsed(ctx.state.query, schema);
}

function parsed<S extends z.ZodType>(input: ParsedInput | undefined, schema: S): z.output<S> {
  if (input?.schema !== schema) throw new Error('the route does not parse this schema');
  return input.value as z.output<S>;
}

function check(schema: z.ZodType, input: unknown): unknown {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  // Where and what, never the value: it may be a login code.
  const publicDetails = checked.error.issues.map(({ code, path }) => ({ path: path.join('.'), problem: code }));
  throw new AppError('request.invalid', { publicDetails });
}

async function readInput(ctx: AppContext): Promise<unknown> {
  const type = ctx.is('json', 'urlencoded');
  const text = await readText(ctx.req, MOST_BYTES);
  if (type === 'urlencoded') {
    const fields = new URLSearchParams(text);
    return Object.fromEntries(Array.from(fields, ([name, value]) => [name, storable(value)]));
  }
  if (text === '') return {};
  if (type !== 'json') throw new AppError('request.media_type');
  return parseJson(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) => storable(value));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('request.invalid', { publicDetails: [{ path: '', problem: 'not_json' }], cause });
  }
}

/** PostgreSQL keeps no text with a zero byte in it, and SQLite gives back what is before it. */
function storable<T>(value: T): T {
  if (typeof value === 'string' && value.includes('\0')) throw zeroByte();
  return value;
}

/** Refuses an address with a zero byte in it, before anything is looked up by it. */
export const refuseZeroBytes: AppMiddleware = (ctx, next) => {
  if (ctx.url.includes('%00')) throw zeroByte();
  return next();
};

function zeroByte(): AppError {
  return new AppError('request.invalid', { publicDetails: [{ path: '', problem: 'zero_byte' }] });
}
