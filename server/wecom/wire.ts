import { z } from 'zod';
import type { AccountType } from '../../domain/facts';

/** An id as WeCom sends it: `agentid` comes as a number, most others as text; here always text. */
export const wireId = z.union([z.string(), z.number()]).transform(String);

/** A count or a time; some calls quote their numbers. */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** A text that may be missing, null or empty, all meaning "not said". */
export const wireText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) => (text === null || text === undefined || text === '' ? null : String(text)));

/** Seconds since 1970 as milliseconds; missing, null and 0 mean "not yet". */
export const wireMoment = wireNumber.nullish().transform((seconds) => (seconds ? seconds * 1000 : null));

/** A list that WeCom leaves out, or sends as null, when nothing is in it. */
export function wireList<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
}

/** WeCom's account type: 1 base, 2 external contact (licence-api, section 1). */
export const wireAccountType = wireNumber.transform((type, context): AccountType => {
  if (type === 1) return 'base';
  if (type === 2) return 'external_contact';
  context.addIssue({ code: 'custom', message: 'not an account type' });
  return z.NEVER;
});

/** The number WeCom uses for an account type. */
export function accountTypeNumber(type: AccountType): number {
  return type === 'base' ? 1 : 2;
}

/** What a call answers when only its success matters. */
export const wireNothing = z.object({});

/** `has_more` and `next_cursor` as one cursor: null at the end, whichever of the two says so. */
export function readCursor(page: { readonly has_more?: number | undefined; readonly next_cursor: string | null }) {
  return page.has_more === 0 ? null : page.next_cursor;
}

/** The paging fields of a listing. */
export const wirePaging = {
  has_more: z.union([wireNumber, z.boolean().transform(Number)]).optional(),
  next_cursor: wireText,
};
