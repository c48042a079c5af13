import { WecomError } from '../errors';

/**
 * What WeCom answers of a member whom the app cannot see: 50002, 60021 and 60030 outside its range, 60011 no right to see
 * the member or department, 701088 outside the range of all of the provider's apps. 701089 is not one of them: that
 * member only lacks the app with customer-contact rights.
 */
export const OUT_OF_RANGE: ReadonlySet<number> = new Set([50002, 60011, 60021, 60030, 701088]);

/** Whether WeCom refused because the member cannot see the app. */
export function meansOutOfRange(error: unknown): boolean {
  return error instanceof WecomError && OUT_OF_RANGE.has(error.errcode);
}
