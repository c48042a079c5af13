import { PROVIDER } from './endpoint';
import { anyText, integer, integerFrom, object, oneOfValues } from './json-schema';

/** What the order calls of licence-api.md have in common. */
export const MOST_ACCOUNTS = 1_000_000;
const count = integerFrom(0, MOST_ACCOUNTS);

/** The two cannot both be 0. */
export const accountCount = object({}, { base_count: count, external_contact_count: count });
/** months × 31 + days, from 31 to 1860; a month is always 31 days (97182; older pages: 36 months at most). */
export const accountDuration = object({}, { months: integerFrom(0, 60), days: integerFrom(0, 1860) });
export const orderType = oneOfValues(1, 2, 5, 6, 8);
export const orderStatus = integerFrom(0, 7);

export const pagingAsked = { limit: integerFrom(1, 1000), cursor: anyText };
/** `next_cursor` is empty at the end. */
export const pagingAnswered = { has_more: oneOfValues(0, 1), next_cursor: anyText };
export const PAGING = 'limit 500 when left out, 1000 at most';

/** A place in a batch or job that failed; in fixtures also one with errcode 0, which did not. */
export const failedItem = (fields: Parameters<typeof object>[0]) =>
  object({ ...fields, errcode: integer }, { errmsg: anyText });

/** Licence calls carry the provider token and name a corp: these refusals any of them can give. */
export const OF_A_CORP = [40013, 701015];
export const OF_AN_ORDER = [701005, 701086];
export { PROVIDER };
