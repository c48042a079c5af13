import { z } from 'zod';
import type { AccountType } from '../../domain/facts';
import { AppError } from '../errors';

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

/**
 * `has_more` and `next_cursor` as one cursor: null at the end, whichever of the two says so. Throws `wecom.malformed` for
 * the very cursor that was sent: whoever follows it would ask for the same page for ever.
 */
export function readCursor(
  page: { readonly has_more?: number | undefined; readonly next_cursor: string | null },
  sent: string | null,
): string | null {
  const next = page.has_more === 0 ? null : page.next_cursor;
  if (next !== null && next === sent) throw new AppError('wecom.malformed', { logDetail: 'a cursor leads to itself' });
  return next;
}

/** The paging fields of a listing. */
export const wirePaging = {
  has_more: z.union([wireNumber, z.boolean().transform(Number)]).optional(),
  next_cursor: wireText,
};

/** How many of a thing WeCom takes in one call, and gives on one page. */
export const BATCH_SIZE = 1000;
export const PAGE_SIZE = 1000;

/** How much was ordered, in our words. */
export const wireAccountCount = z
  .object({ base_count: wireNumber.nullish(), external_contact_count: wireNumber.nullish() })
  .nullish()
  .transform((count) => ({
    baseCount: count?.base_count ?? 0,
    externalContactCount: count?.external_contact_count ?? 0,
  }));

/** For how long: months and days as ordered, or the moment a renewal runs to. */
export const wireDuration = z
  .object({ months: wireNumber.nullish(), days: wireNumber.nullish(), new_expire_time: wireMoment })
  .nullish()
  .transform((duration) => ({
    months: duration?.months ?? null,
    days: duration?.days ?? null,
    renewsToMs: duration?.new_expire_time ?? null,
  }));

/** Corps a job or payment failed for; an entry with errcode 0 did not. */
export const wireFailedCorps = wireList(z.object({ corpid: wireId, errcode: wireNumber })).transform((corps) =>
  corps.filter(({ errcode }) => errcode !== 0).map(({ corpid, errcode }) => ({ corpId: corpid, errcode })),
);
