import type { z } from 'zod';
import type { ErrorCode } from '../../errors';
import type { Handler } from '../router';

/** What one handler adds to its route's description. */
export type RouteNote = {
  readonly summary?: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer?: { readonly status: number; readonly schema: z.ZodType | null };
  readonly errors?: readonly ErrorCode[];
  readonly needsSession?: boolean;
};

/** Attaches a note to a handler: a guard tells the errors it throws, a parser its schema. */
export function noted(note: RouteNote, handler: (ctx: Parameters<Handler>[0]) => Promise<void> | void): Handler {
  return Object.assign(handler, { note });
}

const nothing = (): void => {};

/**
 * Describes a route's success, and faults beyond those its guards and parsers tell. Every route under /api has one:
 * `router.get('/api/verdict', answers('The verdict for this session', VerdictView), requireSession, …)`.
 * @param schema null: an answer without a body
 */
export function answers(
  summary: string,
  schema: z.ZodType | null,
  more: { readonly status?: number; readonly errors?: readonly ErrorCode[] } = {},
): Handler {
  const status = more.status ?? (schema ? 200 : 204);
  // A new function each time: the note belongs to this route alone.
  return noted({ summary, answer: { status, schema }, errors: more.errors ?? [] }, () => nothing());
}
