import { AppError, WecomError, type ErrorCode } from '../../errors';
import type { LoginFailure } from './login-failure';

/** What is not listed is told as `refused`, with WeCom's code. */
const WHY: Partial<Readonly<Record<ErrorCode, LoginFailure>>> = {
  'wecom.code_invalid': 'code',
  'wecom.unlicensed': 'unlicensed',
  'wecom.busy': 'unavailable',
  'wecom.rate_limited': 'unavailable',
};

/** The third answer that means "no seat" (licence codes); elsewhere it speaks of customer contact only. */
const NO_CONTACT_SEAT = 701008;

export type Refusal = { readonly why: LoginFailure; readonly errcode: number | null };

/** What an identity call's fault means for the person who logs in. Rethrows what is neither WeCom's answer nor its silence. */
export function readRefusal(error: unknown): Refusal {
  if (error instanceof WecomError) {
    const { code, errcode } = error;
    return { why: errcode === NO_CONTACT_SEAT ? 'unlicensed' : (WHY[code] ?? 'refused'), errcode };
  }
  if (error instanceof AppError && error.code.startsWith('wecom.')) return { why: 'unavailable', errcode: null };
  throw error;
}
