import { z } from 'zod';
import { WireError } from '../http/wire-error';

const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1000;

export const PageRequest = z.object({
  limit: z.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().default(''),
});

/** A list, or something that makes its parts as they are asked for. */
export type Listing<T> = { readonly length: number; slice(start: number, end: number): readonly T[] };

/** One page of a listing, with what fetches the next. The cursor is opaque to callers. */
export function pageOf<T>(all: Listing<T>, { limit, cursor }: z.infer<typeof PageRequest>) {
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw new WireError(40058, 'cursor');
  const end = start + limit;
  const more = end < all.length;
  return {
    items: all.slice(start, end),
    paging: { has_more: more ? 1 : 0, next_cursor: more ? Buffer.from(String(end)).toString('base64url') : '' },
  };
}
