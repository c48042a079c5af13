import type { ErrorCode } from '../error-table';
import type { ErrcodeGroup, RetryClass } from './errcode-groups';
import { GENERAL_GROUPS } from './errcodes-general';
import { LICENCE_GROUPS } from './errcodes-licence';

/** What one errcode of WeCom's means here. `zh` and `en`: what happened, then what to do. */
export type ErrcodeMeaning = {
  readonly code: ErrorCode;
  readonly retry: RetryClass;
  readonly zh: string;
  readonly en: string;
};

/** Every errcode of the reference; docs/wecom-errcodes.md says the same, and a test compares them. */
export const ERRCODES: ReadonlyMap<number, ErrcodeMeaning> = new Map(
  [...GENERAL_GROUPS, ...LICENCE_GROUPS].flatMap(readGroup),
);

/** One that is not in the reference: nobody knows whether it lasts. */
const UNKNOWN: Pick<ErrcodeMeaning, 'code' | 'retry'> = { code: 'wecom.refused', retry: 'later' };

/** The meaning of an errcode; without words for one the reference does not know. */
export function explainErrcode(errcode: number): Pick<ErrcodeMeaning, 'code' | 'retry'> & Partial<ErrcodeMeaning> {
  return ERRCODES.get(errcode) ?? UNKNOWN;
}

function readGroup({ code, next, retry, rows }: ErrcodeGroup): (readonly [number, ErrcodeMeaning])[] {
  return rows.map(([errcode, zh, en]) => [
    errcode,
    { code, retry, zh: `${zh}。${next.zh}`, en: `${en[0]?.toUpperCase() ?? ''}${en.slice(1)}. ${next.en}` },
  ]);
}
